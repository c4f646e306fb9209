// Makes the compiled messages brief: each text stands where it is chosen, in place of a function of its own and of
// options that nobody gives. What is first loaded is 4 KB smaller for it.

import type { Plugin } from "vite";

const TEXT_OF = /^const (\w+?)_\w+ = \/\*\*.*?\*\/ \(\w*\) => \{([^]*?)\};$/gm;
const EXPORTED = /^export const (\w+) = /m;
/** One text, perhaps behind a plural form that this language does not tell apart. */
const ONE_TEXT =
  /^\s*(?:const \w+ = registry\.plural\([^;]*;\s*)?return \/\*\*.*?\*\/ \((`[^]*`)\);?\s*$/;

export function brief(): Plugin {
  return {
    name: "sapa-brief",
    transform(code, id) {
      if (!/\/paraglide\/messages\/(?!_index)/.test(id)) return null;
      const name = EXPORTED.exec(code)?.[1];
      const [base, ...others] = [...code.matchAll(TEXT_OF)];
      if (!name || !base || others.length === 0) {
        throw new Error(`the compiled messages are made in another way: ${id}`);
      }
      const chosen = others.reduce(
        (rest, [, locale, body]) => `getLocale() === "${locale}" ? ${said(body!)} : ${rest}`,
        said(base[2]!),
      );
      return {
        code: `
import * as registry from "../registry.js";
import { getLocale } from "../runtime.js";
export const ${name} = (i) => ${chosen};
`,
        map: null,
      };
    },
  };
}

function said(body: string): string {
  return ONE_TEXT.exec(body)?.[1] ?? `(() => {${body}})()`;
}
