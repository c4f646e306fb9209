// Modules that the build makes (vite/emoji.ts).

declare module "virtual:emoji" {
  const emoji: readonly [unicode: string, label: string, group: number, words: string][];
  export default emoji;
}
