// Modules that the build makes (vite/).

declare module "virtual:emoji" {
  const emoji: readonly [unicode: string, label: string, group: number, words: string][];
  export default emoji;
}

declare module "virtual:problems" {
  const sentences: Record<string, ((params: Record<string, string>) => string) | undefined>;
  export = sentences;
}
