// What the composer asks of the box in which somebody writes, be it the browser's own or the rich one: places are those
// of the text with its marks.

export interface TextBox {
  readonly value: string;
  readonly selectionStart: number;
  readonly selectionEnd: number;
  setSelectionRange(from: number, to: number): void;
  focus(): void;
}
