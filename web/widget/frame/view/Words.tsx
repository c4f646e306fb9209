// The words of a message with their marks drawn, and addresses as links. Loaded when the first text has some.
// Must stay true: words from outside are text nodes, whatever they contain.

import { blocksOf, inlineOf, type Block, type Inline } from "@sapa/protocol/marks";
import { type ComponentChild, Fragment, h } from "preact";

interface Props {
  text: string;
  /** Inside a line of something else, and nothing to press. */
  flat?: boolean;
}

const TAGS = { bold: "strong", italic: "em", strike: "s" } as const;

export function Words({ text, flat }: Props) {
  const blocks = blocksOf(text);
  return <>{flat ? inlines(inlineOf(blocks), flat) : blocks.map(drawn)}</>;
}

function drawn(block: Block) {
  switch (block.kind) {
    case "text":
      return <p>{inlines(block.parts)}</p>;
    case "quote":
      return <blockquote>{inlines(block.parts)}</blockquote>;
    case "code_block":
      return <pre>{block.text}</pre>;
    case "list": {
      const items = block.items.map(({ number, parts }) => (
        <li value={number ?? undefined}>{inlines(parts)}</li>
      ));
      return block.items[0]?.number === null ? <ul>{items}</ul> : <ol>{items}</ol>;
    }
  }
}

function inlines(parts: readonly Inline[], flat = false): ComponentChild[] {
  return parts.map((part) => {
    if (part.kind === "text") return part.text;
    if (part.kind === "code") return <code>{part.text}</code>;
    if ("parts" in part) return h(TAGS[part.kind], null, inlines(part.parts, flat));
    if (flat) return <bdi>{part.text}</bdi>;
    return (
      <a href={part.href} target="_blank" rel="noopener noreferrer nofollow">
        <bdi>{part.text}</bdi>
      </a>
    );
  });
}
