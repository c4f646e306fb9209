// What extras.ts brings in.

export { Files, refuse } from "./files";
export { chime } from "./sound";
export { Attachments } from "./view/Attachments";
export { Emoji } from "./view/Emoji";
export { Tray } from "./view/Tray";
