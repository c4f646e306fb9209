// Accessibility rules in the page as it is shown now. Injected over the debugger, which no page policy sees.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, type Frame, type Page } from "@playwright/test";
import type { AxeResults } from "axe-core";

const SOURCE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
/** WCAG 2.2 AA, and what the makers of the rules call good practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** A tooltip stands outside of the page's regions, where its button needs it, and comes and goes with the focus. */
const TOOLTIP = /class="place /;

export async function expectAccessible(page: Page | Frame, what: string): Promise<void> {
  // What is on its way from one colour to another has a contrast of its own.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
        .map(({ finished }) => finished),
    ),
  );
  // One of several buttons of a form that does not say what it is sends the form.
  const unsaid = await page.evaluate(() =>
    [...document.querySelectorAll("form button:not([type])")]
      .filter((button) => button.closest("form")!.querySelectorAll("button").length > 1)
      .map((button) => button.getAttribute("aria-label") ?? button.textContent),
  );
  expect(unsaid, `buttons of ${what} say whether they send its form`).toEqual([]);
  const axe = await readFile(SOURCE, "utf8");
  await page.evaluate(axe);
  const results = await page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    return (await axe.run(document, { runOnly: tags })) as AxeResults;
  }, TAGS);
  const found = results.violations
    .map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes
        .filter(({ html }) => id !== "region" || !TOOLTIP.test(html))
        .map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
    }))
    .filter(({ nodes }) => nodes.length > 0);
  expect(found, `${what} must be accessible`).toEqual([]);
}
