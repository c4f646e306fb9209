// What is loaded after a list is there: what its head offers, and the boxes of its rows.

export { default as ListTools } from "./ListTools.svelte";
export { default as Tick } from "./Tick.svelte";
