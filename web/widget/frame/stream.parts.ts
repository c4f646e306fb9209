// The stream of what is new: a chunk of its own, since somebody who never wrote has none.

export { EventStream } from "@sapa/protocol/stream";
