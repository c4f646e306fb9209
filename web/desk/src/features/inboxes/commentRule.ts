// What a case of a comment rule is in a form: keywords in one line, parted by commas.

import type { CommentCase } from "@sapa/protocol";

export const PUBLIC_TEXTS = 10;

export interface CaseFields {
  keywords: string;
  public: string[];
  private: string;
}

export function caseFields(known?: CommentCase): CaseFields {
  return {
    keywords: known?.keywords.join(", ") ?? "",
    public: [...(known?.public ?? [])],
    private: known?.private ?? "",
  };
}

export function caseOf(fields: CaseFields): CommentCase {
  const words = fields.keywords.split(/[,;\n]/).map((word) => word.trim());
  return {
    keywords: words.filter((word) => word !== ""),
    public: fields.public.map((text) => text.trim()).filter((text) => text !== ""),
    private: fields.private.trim() || null,
  };
}
