// What few messages have, in one piece that is loaded with the first of them.

export { default as AboutPart } from "./AboutPart.svelte";
export { default as FailureReason } from "./FailureReason.svelte";
export { default as MailPart } from "./MailPart.svelte";
export { default as Reactions } from "./Reactions.svelte";
export { default as Signs } from "./Signs.svelte";
