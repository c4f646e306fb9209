import { EditorState, TextSelection, type Command } from "prosemirror-state";
import { describe, expect, it } from "vitest";
import { backspace, begin, enter, link, renumbered, toggle, toggleCodeBlock } from "./commands";
import { docOf, inDoc, inText, written } from "./doc";
import { typed } from "./typed";

/** The caret is |, or what is selected stands between two of them. */
function stateOf(shown: string): EditorState {
  const text = shown.replaceAll("|", "");
  const doc = docOf(text);
  const { places } = written(doc);
  const from = inDoc(places, shown.indexOf("|"));
  const to = inDoc(places, shown.lastIndexOf("|") - (shown.split("|").length - 2));
  return EditorState.create({ doc, selection: TextSelection.create(doc, from, to) });
}

function shown(state: EditorState): string {
  const { text, places } = written(state.doc);
  const at = inText(places, state.selection.to);
  return `${text.slice(0, at)}|${text.slice(at)}`;
}

function press(before: string, keys: string): string {
  let state = stateOf(before);
  for (const key of keys) {
    const { from, to } = state.selection;
    state = state.apply(typed(state, from, to, key) ?? state.tr.insertText(key));
  }
  return shown(state);
}

function run(before: string, command: Command): string {
  let state = stateOf(before);
  command(state, (tr) => (state = state.apply(tr)));
  const tr = renumbered(state);
  return shown(tr ? state.apply(tr) : state);
}

describe("what is typed in a mail", () => {
  it("becomes a mark where it is read as one", () => {
    expect(press("say |", "*this* now")).toBe("say *this* now|");
    expect(stateOf("x|").doc.textContent).toBe("x");
    expect(press("|", "2*3*4")).toBe("2*3*4|");
    expect(press("see |", "[us](https://x.example)")).toBe("see [us](https://x.example)|");
  });

  it("begins lists and quotes", () => {
    expect(press("|", "- one")).toBe("- one|");
    expect(press("|", "4. four")).toBe("4. four|");
    expect(press("a\n|", "> said")).toBe("a\n> said|");
  });

  it("goes on as the line before it, and ends in an empty one", () => {
    expect(run("1. one|\n2. two", enter)).toBe("1. one\n|\n3. two");
    expect(run("- o|ne", enter)).toBe("- o\n- |ne");
    expect(run("> said\n>|", enter)).toBe("> said\n|");
    expect(run("- |one", backspace)).toBe("|one");
    expect(run("```|", enter)).toBe("|");
  });

  it("is changed by keys and buttons, on whole words", () => {
    expect(run("a wo|r|d", toggle("bold"))).toBe("a *wor|d*");
    expect(run("a *wo|rd*", toggle("bold"))).toBe("a wo|rd");
    expect(run("a *word|*", toggle("bold"))).toBe("a *word*|");
    expect(run("|one\ntwo|", begin("dash"))).toBe("- one\n- two|");
    expect(run("- |one\n- two|", begin("dash"))).toBe("one\ntwo|");
    expect(run("|one\ntwo|", toggleCodeBlock)).toBe("```\none\ntwo|\n```");
    expect(run("see |us|", link("https://x.example/", ""))).toBe("see [us](https://x.example/)|");
    expect(run("see |", link("https://x.example/", "us"))).toContain("[us](https://x.example/)");
    expect(run("see [u|s](https://x.example/)", link(null, ""))).toBe("see u|s");
  });
});
