// The stream of what is new, and who is typing: a chunk of its own, since somebody who never wrote has none.

export { EventStream } from "@sapa/protocol/stream";
export { TypingBoard, TypingSender } from "@sapa/protocol/typing";
