// What extras.ts brings in.

import style from "./extras.css?inline";

// A constructed sheet needs no address, and the strict policy allows it.
const sheet = new CSSStyleSheet();
sheet.replaceSync(style);
document.adoptedStyleSheets.push(sheet);

export { Files } from "./files";
export { chooseAloud, loadProblems } from "./refusals";
export { chime } from "./sound";
export { Attachments } from "./view/Attachments";
export { Changes } from "./view/Changes";
export { Emoji } from "./view/Emoji";
export { Failure } from "./view/Failure";
export { Older } from "./view/Older";
export { Quote } from "./view/Quote";
export { Typing } from "./view/Typing";
export { Tray } from "./view/Tray";
