// Templates as they are looked for and filled in.
// Must stay true: what is shown is what the server makes of it.

import type { MessageTemplate } from "@sapa/protocol";

/** Those of which each word is somewhere in the name or in what it says. */
export function found(all: readonly MessageTemplate[], typed: string): MessageTemplate[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((one) => {
    const said = `${one.name} ${one.language} ${one.header ?? ""} ${one.body}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** What the customer reads; a gap that is left stays as it is. */
export function filled(template: MessageTemplate, values: Record<string, string>): string {
  const put = (place: string, text: string) =>
    template.gaps.reduce((said, gap) => {
      const [where, name] = gap.split(":");
      const value = values[gap]?.trim();
      return where === place && value ? said.replaceAll(`{{${name}}}`, value) : said;
    }, text);
  const { header, body, footer } = template;
  return [header && put("header", header), put("body", body), footer].filter(Boolean).join("\n\n");
}
