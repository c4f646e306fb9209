// What is loaded after a list is there: what its head and its foot offer, and the boxes of its rows.

export { default as ListTools } from "./ListTools.svelte";
export { default as Tick } from "./Tick.svelte";
export { default as StartSession } from "../starting/StartSession.svelte";
