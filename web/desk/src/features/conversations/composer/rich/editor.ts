// The box in which mails are written: a document that is read from the text of the draft and written back with each
// change. For the composer it is a box like the browser's own: its places are those of the text.
// Must stay true: the text is the truth, the document only how it looks; nothing of what is pasted or dropped becomes
// markup; files are left to whoever takes files.

import { baseKeymap } from "prosemirror-commands";
import { closeHistory, history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { DOMParser, type Slice } from "prosemirror-model";
import { EditorState, Plugin, TextSelection, type Command } from "prosemirror-state";
import { Decoration, DecorationSet, EditorView } from "prosemirror-view";
import { markedParts } from "../../../replies/placeholders";
import type { TextBox } from "../textBox";
import { activeIn, backspace, begin, enter, renumbered, toggle, type Active } from "./commands";
import { docOf, inDoc, inText, written, type Written } from "./doc";
import { pasted } from "./pasted";
import { schema } from "./schema";
import { typed } from "./typed";

export interface Hears {
  /** Somebody changed the text. */
  change: (text: string) => void;
  /** The caret stands elsewhere, or what is on at the caret is another. */
  move: (active: ReadonlySet<Active>) => void;
  key: (event: KeyboardEvent) => void;
  blur: () => void;
  placeholder: () => string;
}

export class RichEditor implements TextBox {
  readonly #view: EditorView;
  readonly #hears: Hears;
  #written: Written;

  constructor(place: HTMLElement, text: string, hears: Hears) {
    this.#hears = hears;
    const state = this.#stateOf(text);
    this.#written = written(state.doc);
    this.#view = new EditorView(
      { mount: place },
      {
        state,
        handleKeyDown: (_view, event) => {
          this.#hears.key(event);
          return event.defaultPrevented;
        },
        handleTextInput: (view, from, to, text) => {
          const tr = typed(view.state, from, to, text);
          if (tr) view.dispatch(tr);
          return tr !== null;
        },
        handleDOMEvents: {
          blur: () => {
            this.#hears.blur();
            return false;
          },
          paste: (_view, event) => this.#take(event, event.clipboardData),
          drop: (view, event) => {
            if (view.dragging || !event.dataTransfer) return false;
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
            if (at)
              view.dispatch(
                view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))),
              );
            return this.#take(event, event.dataTransfer);
          },
        },
        clipboardTextSerializer: (slice) => textOf(slice),
        // Nothing but what we read ourselves.
        clipboardParser: DOMParser.fromSchema(schema),
        dispatchTransaction: (tr) => {
          const view = this.#view;
          view.updateState(view.state.apply(tr));
          if (tr.docChanged) {
            this.#written = written(view.state.doc);
            if (!tr.getMeta("told")) this.#hears.change(this.#written.text);
          }
          if (tr.selectionSet || tr.docChanged || tr.storedMarksSet) {
            this.#hears.move(activeIn(view.state));
          }
        },
      },
    );
  }

  #stateOf(text: string): EditorState {
    return EditorState.create({
      doc: docOf(text),
      plugins: [
        keymap({
          "Mod-z": undo,
          "Mod-y": redo,
          "Mod-Z": redo,
          "Mod-Shift-z": redo,
          "Mod-b": toggle("bold"),
          "Mod-i": toggle("italic"),
          "Mod-X": toggle("strike"),
          "Mod-Shift-x": toggle("strike"),
          "Mod-e": toggle("code"),
          "Mod-Shift-7": begin("number"),
          "Mod-Shift-8": begin("dash"),
          "Mod-Shift-9": begin("quote"),
          Enter: enter,
          "Shift-Enter": enter,
          Backspace: backspace,
        }),
        keymap({ ...baseKeymap, Tab: () => false }),
        history(),
        new Plugin({
          appendTransaction: (all, _old, state) =>
            all.some((tr) => tr.docChanged && !tr.getMeta("told")) ? renumbered(state) : null,
          props: { decorations: (state) => this.#decorations(state) },
        }),
      ],
    });
  }

  /** What is empty says what it is for, and what is open is marked. */
  #decorations({ doc }: EditorState): DecorationSet {
    const first = doc.firstChild!;
    if (doc.childCount === 1 && first.content.size === 0 && first.attrs["kind"] === "text") {
      const attrs = { class: "empty", "data-placeholder": this.#hears.placeholder() };
      return DecorationSet.create(doc, [Decoration.node(0, first.nodeSize, attrs)]);
    }
    const { text, places } = written(doc);
    if (!text.includes("{{")) return DecorationSet.empty;
    const open: Decoration[] = [];
    let at = 0;
    for (const part of markedParts(text)) {
      const [from, to] = [inDoc(places, at), inDoc(places, at + part.text.length)];
      if (part.open && from < to) open.push(Decoration.inline(from, to, { nodeName: "mark" }));
      at += part.text.length;
    }
    return DecorationSet.create(doc, open);
  }

  #take(event: Event, data: DataTransfer | null): boolean {
    if (!data) return false;
    event.preventDefault();
    if (data.files.length > 0) return true;
    const view = this.#view;
    const text = data.getData("text/plain");
    const inside = view.state.selection.$from.parent.type === schema.nodes.code_block;
    const tr = inside
      ? view.state.tr.insertText(text.replace(/\r\n?/g, "\n"))
      : view.state.tr.replaceSelection(pasted(data.getData("text/html"), text));
    // Undone by itself.
    view.dispatch(closeHistory(tr).scrollIntoView());
    view.focus();
    return true;
  }

  /** Written elsewhere, or sent: what can be undone begins anew with an empty box. */
  set(text: string): void {
    if (text === this.#written.text) return;
    const view = this.#view;
    if (text === "") {
      view.updateState(this.#stateOf(""));
      this.#written = written(view.state.doc);
      this.#hears.move(activeIn(view.state));
      return;
    }
    const tr = view.state.tr.replaceWith(0, view.state.doc.content.size, docOf(text).content);
    view.dispatch(tr.setMeta("told", true));
  }

  run(command: Command): void {
    command(this.#view.state, (tr) => this.#view.dispatch(closeHistory(tr)), this.#view);
    this.#view.focus();
  }

  get state(): EditorState {
    return this.#view.state;
  }

  get value(): string {
    return this.#written.text;
  }

  get selectionStart(): number {
    return inText(this.#written.places, this.#view.state.selection.from);
  }

  get selectionEnd(): number {
    return inText(this.#written.places, this.#view.state.selection.to);
  }

  setSelectionRange(from: number, to: number): void {
    const { places } = this.#written;
    const { tr, doc } = this.#view.state;
    const range = TextSelection.create(doc, inDoc(places, from), inDoc(places, to));
    this.#view.dispatch(tr.setSelection(range).scrollIntoView());
  }

  focus(): void {
    this.#view.focus();
  }

  /** What it is called, and what belongs to it, may be another by now. */
  describe(attributes: Record<string, string>): void {
    this.#view.setProps({ attributes });
  }

  end(): void {
    this.#view.destroy();
  }
}

function textOf({ content }: Slice): string {
  return written(schema.node("doc", null, content)).text;
}
