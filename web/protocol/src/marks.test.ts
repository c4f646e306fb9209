import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ALL_MARKS,
  blocksOf,
  inlineOf,
  MARKS_DEEP,
  plainOf,
  type Block,
  type Inline,
} from "./marks";

/** Short, to compare by eye: <b>, <i>, <s>, <c> for code, [text](address). */
function shown(text: string, known = ALL_MARKS): string {
  return blocksOf(text, known).map(block).join("|");
}

function block(one: Block): string {
  switch (one.kind) {
    case "text":
      return inlines(one.parts);
    case "quote":
      return `> ${inlines(one.parts)}`;
    case "code_block":
      return `\`\`\`${one.text}\`\`\``;
    case "list":
      return one.items.map(({ number, parts }) => `${number ?? "-"}:${inlines(parts)}`).join(";");
  }
}

const TAGS = { bold: "b", italic: "i", strike: "s" } as const;

function inlines(parts: readonly Inline[]): string {
  return parts
    .map((part) => {
      if ("parts" in part) return `<${TAGS[part.kind]}>${inlines(part.parts)}</>`;
      if (part.kind === "code") return `<c>${part.text}</>`;
      return part.kind === "link" ? `[${part.text}](${part.href})` : part.text;
    })
    .join("");
}

/** In these all that matters is said as it was. */
function same(...texts: string[]): void {
  for (const text of texts) expect(shown(text)).toBe(text);
}

describe("marks in a text", () => {
  // R291
  it("make words bold, italic, struck or code", () => {
    expect(shown("*Total* is _now_ ~10~ 9, say `/start`")).toBe(
      "<b>Total</> is <i>now</> <s>10</> 9, say <c>/start</>",
    );
    expect(shown("(*bold*), “_said_”! ~no~.")).toBe("(<b>bold</>), “<i>said</>”! <s>no</>.");
    expect(shown("*Pesanan Anda*: _dikirim_")).toBe("<b>Pesanan Anda</>: <i>dikirim</>");
    expect(shown("🎉*hore*🎉")).toBe("🎉<b>hore</>🎉");
  });

  it("stand in each other, each once", () => {
    expect(shown("*_~all~_*")).toBe("<b><i><s>all</></></>");
    expect(shown("*bold and _both_*")).toBe("<b>bold and <i>both</></>");
    expect(shown("*a *b c*")).toBe("<b>a *b c</>");
    expect(shown("*a _b* c_")).toBe("<b>a _b</> c_");
  });

  it("are letters inside words, before a space and without an end", () => {
    same(
      "2*3*4",
      "snake_case_name",
      "a * b * c",
      "*not closed",
      "closed* only",
      "5 ~ 6 ~ 7",
      "~20~30",
    );
    same("**", "***", "* *", "_ _", "~~", "``", "*", "a ** b ** c", "_name", "C:\\_temp_\\x");
    expect(shown("_snake_case_")).toBe("<i>snake_case</>");
    same("*one\ntwo*");
  });

  it("leave faces as they are", () => {
    same("^_^ and ^_^", "-_- -_-", "*_*", ">_< >_<", "T_T T_T", "¯\\_(ツ)_/¯", "o_o *__*", ":* :*");
  });

  it("know scripts without spaces", () => {
    expect(shown("这是*重要*的")).toBe("这是<b>重要</>的");
    expect(shown("*жирный*, а не сло*во*в")).toBe("<b>жирный</>, а не сло*во*в");
    expect(shown("*غامق* و_مائل")).toBe("<b>غامق</> و_مائل");
  });

  it("are nothing inside code", () => {
    expect(shown("`*a* https://a.example +62 812 3456 789`")).toBe(
      "<c>*a* https://a.example +62 812 3456 789</>",
    );
    expect(shown("*`a*b`*")).toBe("<b><c>a*b</></>");
    expect(shown("see ```a `b` c``` now")).toBe("see <c>a `b` c</> now");
    same("it`s a day`s work", "` a `", "`open", "````a````");
  });

  it("begin lines of lists and quotes", () => {
    expect(shown("Buy:\n- *milk*\n- eggs\nand\n1. go\n2. come")).toBe(
      "Buy:|-:<b>milk</>;-:eggs|and|1:go;2:come",
    );
    expect(shown("> you said\n> _that_\n\nYes")).toBe("> you said\n<i>that</>|Yes");
    expect(shown("- a\n1. b\n12. c")).toBe("-:a|1:b;12:c");
    same("-", "- ", "-5", "1.5", "2024. year", "0. none", "01. none", ">:(", ">_<", " - a");
  });

  it("fence code, over lines and in one", () => {
    expect(shown("Run:\n```\nls -l *\n  _x_\n```\nDone")).toBe("Run:|```ls -l *\n  _x_```|Done");
    expect(shown("```one line```")).toBe("```one line```");
    expect(shown("```js\na\nb```")).toBe("```js\na\nb```");
    expect(shown("a\n\n```x```\n\n- b\n\n\nc")).toBe("a|```x```|-:b|c");
    same("```", "```\n```", "```\n\n", "``` open");
  });

  it("keep addresses and numbers whole, and are closed behind them", () => {
    expect(shown("*https://a.example/_x_/*")).toBe(
      "<b>[https://a.example/_x_/](https://a.example/_x_/)</>",
    );
    expect(shown("_https://a.example_")).toBe("<i>[https://a.example](https://a.example)</>");
    expect(shown("See https://a.example/b_. Or (http://b.example/y)!")).toBe(
      "See [https://a.example/b_](https://a.example/b_). Or ([http://b.example/y](http://b.example/y))!",
    );
    expect(shown("_call +62 812-3456-7890_ or +1 (555) 010-9999.")).toBe(
      "<i>call [+62 812-3456-7890](tel:+6281234567890)</> or [+1 (555) 010-9999](tel:+15550109999).",
    );
    same(
      "javascript:alert(1)",
      "https://",
      "ftp://a.example",
      "1+2345678901",
      "+12",
      "order 2231445566",
    );
  });

  it("are only those that the channel knows", () => {
    expect(shown("*a* _b_ `c`\n- d\n> e https://a.example", [])).toBe(
      "*a* _b_ `c`\n- d\n> e [https://a.example](https://a.example)",
    );
    expect(shown("*a* _b_", ["italic"])).toBe("*a* <i>b</>");
  });

  it("are left out of a plain text", () => {
    expect(plainOf("*Hi* _there_\n- `a`\n2. b\n> c\n```d```")).toBe("Hi there\n- a\n2. b\n> c\nd");
    expect(plainOf("*a*", [])).toBe("*a*");
  });

  it("stand in one line too", () => {
    expect(inlines(inlineOf(blocksOf("*a*\n- b\n- _c_\n```d```")))).toBe(
      "<b>a</>\n- b\n- <i>c</>\n<c>d</>",
    );
  });
});

const piece = fc.constantFrom(
  ..."*_~`>- .\n#a1é好🎉^(\\",
  "```",
  "> ",
  "- ",
  "1. ",
  "word",
  "https://a.example/_x_*",
  "+62 812 3456 7890",
  "http",
  "\n```\n",
);
const hostile = fc.array(piece, { maxLength: 60 }).map((parts) => parts.join(""));
const known = fc.subarray([...ALL_MARKS]);

function leaves(blocks: readonly Block[]): { part: Inline; depth: number }[] {
  const walk = (parts: readonly Inline[], depth: number): { part: Inline; depth: number }[] =>
    parts.flatMap((part) => [
      { part, depth },
      ...("parts" in part ? walk(part.parts, depth + 1) : []),
    ]);
  return blocks.flatMap((one) => {
    if (one.kind === "list") return one.items.flatMap(({ parts }) => walk(parts, 1));
    return one.kind === "code_block" ? [] : walk(one.parts, 1);
  });
}

describe("whatever a text holds", () => {
  it("nothing of it is lost but its marks, and nothing is added", () => {
    const words = (text: string) => text.replace(/[*_~`\s]/g, "");
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string()), known, (text, marks) => {
        expect(words(plainOf(text, marks))).toBe(words(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it("without marks it stays as it is", () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string()), (text) => {
        expect(plainOf(text, [])).toBe(text);
      }),
    );
  });

  it("no mark is empty, and none stands deeper than the limit", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const { part, depth } of leaves(blocksOf(text))) {
          expect(depth).toBeLessThanOrEqual(MARKS_DEEP);
          expect("parts" in part ? part.parts.length > 0 : part.text !== "").toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("the time for it grows with its length and no faster", () => {
    // Four hundred thousand characters: with the square of the length each of these would take minutes.
    for (const unit of [
      "*a ",
      "_a_b ",
      "*_~",
      "*_* ",
      "`",
      "` ",
      "`a ",
      "`a``b```c ",
      "```\n",
      "```a\n",
      "> ",
      "> a\n",
      "- a\n",
      "1. a\n",
      "\n",
      "https://",
      "*https://a*_",
      "https://%",
      "+1",
      "+1 ",
      "+62 812 34 ",
      "(((",
      "*a_b~",
      "a*",
      "~*_`",
    ]) {
      const text = unit.repeat(400_000 / unit.length);
      const before = performance.now();
      plainOf(text);
      expect(performance.now() - before, JSON.stringify(unit)).toBeLessThan(5_000);
    }
  }, 60_000);
});
