// What extras.ts brings in.

import style from "./extras.css?inline";

// A constructed sheet needs no address, and the strict policy allows it.
const sheet = new CSSStyleSheet();
sheet.replaceSync(style);
document.adoptedStyleSheets.push(sheet);

export { tellData } from "./data";
export { Files } from "./files";
export { prove } from "./identity";
export { loadOlder } from "./older";
export { chooseAloud } from "./refusals";
export { chime } from "./sound";
export { Above } from "./view/Above";
export { Below } from "./view/Below";
export { Chosen } from "./view/Chosen";
export { Count } from "./view/Count";
export { Drop } from "./view/Drop";
export { Emoji } from "./view/Emoji";
export { End } from "./view/End";
export { Failure } from "./view/Failure";
export { Form } from "./view/Form";
export { Greeting } from "./view/Greeting";
export { Hours } from "./view/Hours";
export { Note } from "./view/Note";
export { Older } from "./view/Older";
export { Presence } from "./view/Presence";
export { Pill } from "./view/Pill";
export { Rated } from "./view/Rating";
export { Transcript } from "./view/Transcript";
export { Tray } from "./view/Tray";
export { Words } from "./view/Words";
export { keepWayBack } from "./wayBack";
export { loadWords } from "./words";
export { settle } from "./zone";
