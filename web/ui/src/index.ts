// The primitives of the desk: they know tokens and accessibility, nothing of conversations.
// Must stay true: no fetch, no translation, no product noun; every visible word comes in as a property.

export { default as Avatar } from "./Avatar.svelte";
export { default as Button } from "./Button.svelte";
export { default as Choice } from "./Choice.svelte";
export { default as Count } from "./Count.svelte";
export { default as Dialog } from "./Dialog.svelte";
export { default as Field } from "./Field.svelte";
export { default as Finder } from "./Finder.svelte";
export { default as Icon } from "./Icon.svelte";
export { default as IconButton } from "./IconButton.svelte";
export { default as Kbd } from "./Kbd.svelte";
export { default as Menu, type MenuItem } from "./Menu.svelte";
export { default as Popover } from "./Popover.svelte";
export { default as Segments } from "./Segments.svelte";
export { default as Skeleton } from "./Skeleton.svelte";
export { default as Switch } from "./Switch.svelte";
export { default as TextArea } from "./TextArea.svelte";
export { default as Tooltip } from "./Tooltip.svelte";
export { default as Tooltips } from "./Tooltips.svelte";
export { css } from "./css";
export { icons, type IconName } from "./icons";
export { find, type Group, type Option } from "./finder";
export { colorOf, initialsOf } from "./initials";
