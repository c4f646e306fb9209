// ESLint for every workspace. Must stay true: no HTML strings and no inline styles anywhere (strict CSP
// and Trusted Types), and warnings are errors. Absent: formatting, which is Prettier's.

import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";

const htmlStrings = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "write"].map(
  (property) => ({ property, message: "Text from outside is only ever a text node." }),
);

export default ts.config(
  { ignores: ["**/dist/", "**/*.gen.ts", "desk/src/paraglide/", "e2e/results/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  ts.configs.strict,
  svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      "no-restricted-properties": ["error", ...htmlStrings],
      "no-console": "error",
      eqeqeq: "error",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_$" },
      ],
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: { "svelte/no-inline-styles": "error", "svelte/no-at-html-tags": "error" },
  },
  {
    files: ["widget/**/*.tsx"],
    languageOptions: { parserOptions: { jsxPragma: "h", jsxFragmentName: "Fragment" } },
  },
  {
    files: ["scripts/**", "**/*.config.{js,ts}", "e2e/**", "**/vite/**"],
    languageOptions: { globals: { ...globals.node } },
    rules: { "no-console": "off" },
  },
);
