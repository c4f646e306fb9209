// What few messages have, in one piece that is loaded with the first of them.

export { default as FailureReason } from "./FailureReason.svelte";
export { default as MailPart } from "./MailPart.svelte";
