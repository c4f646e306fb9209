// The wire, for everything that runs in a browser: shapes, ids, requests, the event stream, merging.
// Must stay true: depends on nothing of ours and on no framework.

export type * from "./api";
export * from "./ids";
export * from "./problem";
export * from "./reduce";
export * from "./rest";
export * from "./staff";
export * from "./stream";
export * from "./typing";
export type { UploadOptions } from "./upload";
export * from "./visitor";
