// Makes the compiled messages remember their plural rules: a new one for each text is a tenth of what the scripts do while
// much happens.

import type { Plugin } from "vite";

const MADE_ANEW = "return new Intl.PluralRules(locale, options).select(";
const REMEMBERED = `
const rules = new Map();
function rulesOf(locale, options) {
  const name = locale + JSON.stringify(options ?? null);
  let known = rules.get(name);
  if (!known) rules.set(name, (known = new Intl.PluralRules(locale, options)));
  return known;
}
`;

export function plurals(): Plugin {
  return {
    name: "sapa-plurals",
    transform(code, id) {
      if (!id.endsWith("/paraglide/registry.js")) return null;
      if (!code.includes(MADE_ANEW))
        throw new Error("the compiled messages make plural rules in another way");
      return {
        code: REMEMBERED + code.replace(MADE_ANEW, "return rulesOf(locale, options).select("),
        map: null,
      };
    },
  };
}
