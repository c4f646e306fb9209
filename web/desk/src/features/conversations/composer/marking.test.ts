import type { Mark } from "@sapa/protocol";
import { plainOf } from "@sapa/protocol/marks";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { marked } from "./marking";

/** What is selected stands between | and |; one | is the caret. */
function turn(shown: string, mark: Mark): string {
  const [before = "", inside, after] = shown.split("|");
  const selected = after === undefined ? "" : (inside ?? "");
  const text = after === undefined ? before + (inside ?? "") : before + selected + after;
  const from = before.length;
  const now = marked({ text, from, to: from + selected.length }, mark);
  const caret = now.from === now.to;
  return caret
    ? `${now.text.slice(0, now.from)}|${now.text.slice(now.from)}`
    : `${now.text.slice(0, now.from)}|${now.text.slice(now.from, now.to)}|${now.text.slice(now.to)}`;
}

describe("marks in the box where answers are written", () => {
  it("are put around what is selected, and taken away by the same key", () => {
    expect(turn("say |this now| please", "bold")).toBe("say *|this now|* please");
    expect(turn("say *|this now|* please", "bold")).toBe("say |this now| please");
    expect(turn("say |*this now*| please", "bold")).toBe("say |this now| please");
    expect(turn("|a| `b`", "code")).toBe("`|a|` `b`");
    expect(turn("*|a|*", "italic")).toBe("*_|a|_*");
  });

  it("never stay letters: spaces are left outside, words are taken whole", () => {
    expect(turn("say| this |now", "strike")).toBe("say ~|this|~ now");
    expect(turn("wo|r|d and", "bold")).toBe("*|word|* and");
    for (const caret of ["|word and", "wo|rd and", "word| and"])
      expect(turn(caret, "bold")).toBe("*|word|* and");
    expect(turn("wo|rd an|d", "bold")).toBe("*|word and|*");
  });

  it("wait around the caret for words, and go when none come", () => {
    expect(turn("say | now", "bold")).toBe("say *|* now");
    expect(turn("say *|* now", "bold")).toBe("say | now");
    expect(turn("|", "code")).toBe("`|`");
  });

  it("are put on each line for itself", () => {
    expect(turn("|one\n\n- two\n3. three|", "bold")).toBe("|*one*\n\n- *two*\n3. *three*|");
    expect(turn("|*one*\n\n- *two*\n3. *three*|", "bold")).toBe("|one\n\n- two\n3. three|");
    expect(turn("|*one*\ntwo|", "bold")).toBe("|*one*\n*two*|");
  });

  it("make code of several lines, a list and a quote of whole ones", () => {
    expect(turn("a\n|b\nc|\nd", "code")).toBe("a\n```\n|b\nc|\n```\nd");
    expect(turn("|```\nb\nc\n```|", "code")).toBe("|b\nc|");
    expect(turn("on|e\ntw|o", "list")).toBe("|- one\n- two|");
    expect(turn("|- one\n- two|", "list")).toBe("|one\ntwo|");
    expect(turn("she said|", "quote")).toBe("> she said|");
    expect(turn("|", "list")).toBe("- |");
  });

  it("change nothing that is read without them", () => {
    const text = fc
      .array(fc.constantFrom("word", " ", "\n", "é", "🎉", ".", "2", "("))
      .map((all) => all.join(""));
    const mark = fc.constantFrom<Mark>("bold", "italic", "strike");
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), mark, (text, one, other, mark) => {
        const [from, to] = [one, other].map((at) => at % (text.length + 1)).sort((a, b) => a - b);
        const now = marked({ text, from: from!, to: to! }, mark);
        if (/[\p{L}\p{N}]/u.test(text.slice(from, to))) {
          expect(plainOf(now.text).replace(/\s/g, "")).toBe(plainOf(text).replace(/\s/g, ""));
          expect(now.text).not.toBe(text);
        }
      }),
    );
  });
});
