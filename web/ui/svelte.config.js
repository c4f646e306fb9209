// Absent: preprocessors. TypeScript in components is type annotations only, which Svelte removes itself.
export default { compilerOptions: { runes: true } };
