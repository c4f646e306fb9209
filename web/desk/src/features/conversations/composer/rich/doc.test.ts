import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { docOf, inDoc, inText, lineText, written } from "./doc";
import { schema } from "./schema";

const again = (text: string): string => written(docOf(text)).text;

describe("a mail while it is written", () => {
  it("is read from the text and written as it was", () => {
    for (const text of [
      "",
      "Halo",
      "Halo *Budi*, _this_ is ~old~ `new`",
      "*all _of_ it*",
      "one\n\n- a\n- *b*\n\n3. c\n4. d\n> said\n>\n> more",
      "See [our menu](https://kopi.example/m?a=1) and https://kopi.example/x_y_z.",
      "```\nlet *x* = 1;\n\nend\n```\nafter",
      "2*3*4 snake_case ^_^ \\*a*",
      " spaces  stay ",
    ]) {
      expect(again(text), text).toBe(text);
    }
  });

  it("writes no sign that would stay a letter", () => {
    const line = (words: string, from: number, to: number, mark: string): string => {
      const all = [words.slice(0, from), words.slice(from, to), words.slice(to)];
      const parts = all.flatMap((part, at) =>
        part ? [schema.text(part, at === 1 ? [schema.mark(mark)] : [])] : [],
      );
      return lineText(schema.node("line", null, parts)).text;
    };
    expect(line("say this now", 4, 8, "bold")).toBe("say *this* now");
    expect(line("say this now", 3, 9, "bold")).toBe("say *this* now");
    expect(line("a word", 3, 5, "italic")).toBe("a word");
    expect(line("a ... b", 2, 5, "bold")).toBe("a ... b");
  });

  it("writes the address behind words that no link can have", () => {
    const link = schema.mark("link", { href: "https://x.example/" });
    const node = schema.node("line", null, [schema.text("a [b]", [link]), schema.text("!")]);
    expect(lineText(node).text).toBe("a [b] (https://x.example/)!");
  });

  it("has a place in the text for each of its own", () => {
    const text = "Hi *you*\n\n- one\n```\ncode\n```\n[w](https://x.example/) z";
    const doc = docOf(text);
    const { places } = written(doc);
    for (const word of ["Hi", "you", "one", "code", "w]", "z"]) {
      const at = text.indexOf(word);
      const pos = inDoc(places, at);
      expect(doc.textBetween(pos, pos + 1)).toBe(word[0]);
      expect(inText(places, pos)).toBe(at);
    }
    expect(inDoc(places, text.length)).toBe(doc.content.size - 1);
  });

  it("stays the same when it is read once more, whatever is in it", () => {
    const signs = fc.constantFrom(
      ..."*_~`>-[]()\\ \n12.a".split(""),
      "https://x.example",
      "```\n",
      "- ",
      "wörd",
      "😀",
    );
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 30 }), (all) => {
        const once = again(all.join(""));
        expect(again(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });
});
