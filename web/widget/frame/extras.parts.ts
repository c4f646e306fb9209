// What extras.ts brings in.

export { Files } from "./files";
export { chooseAloud, loadProblems } from "./refusals";
export { chime } from "./sound";
export { Attachments } from "./view/Attachments";
export { Emoji } from "./view/Emoji";
export { Failure } from "./view/Failure";
export { Quote } from "./view/Quote";
export { Tray } from "./view/Tray";
