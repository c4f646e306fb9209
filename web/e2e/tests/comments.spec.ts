// Comments below posts: the rules that answer them, their log, and whom they serve.

import { expectAccessible } from "../support/axe";
import { Desk } from "../support/desk";
import { PAGE_SECRET, PAGE_TOKEN, Pages, POST } from "../support/meta";
import { Server } from "../support/server";
import { expect, test } from "../support/test";

const PICTURES = "screenshots";
const SARI = { id: "9002", username: "sari.dewi" };
const BUDI = { id: "9001", username: "budi.s" };

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    // R051, R069
    test(`comments are answered by rules in ${colorScheme} at ${width}`, async ({ browse }) => {
      test.slow();
      const pages = await Pages.start();
      const server = await Server.start("demo", { SAPA_WEBHOOKS__PRIVATE_NETWORKS: "true" });
      try {
        const page = await browse({ viewport: { width, height: 900 }, colorScheme });
        const desk = new Desk(page, server.url);
        const shot = (name: string, fullPage = false) =>
          page.screenshot({
            path: `${PICTURES}/comments-${name}-${colorScheme}-${width}.png`,
            fullPage,
          });
        await desk.signIn("ayu", server.password);
        await page.goto(`${server.url}/settings/inboxes/new`);
        await page.getByText("Instagram", { exact: true }).click();
        await page.getByLabel("Name").fill("Our account");
        await page.getByRole("button", { name: "Create inbox" }).click();
        await page.getByLabel("Access token").fill(PAGE_TOKEN);
        await page.getByLabel("App secret", { exact: true }).fill(PAGE_SECRET);
        await page.getByLabel("Graph API address").fill(pages.url);
        await page.getByRole("button", { name: "Connect account" }).click();
        await expect(page.getByText("Account connected")).toBeVisible();
        const callback = `${server.url}/hooks/${page.url().split("/").pop() ?? ""}`;

        await page.getByRole("button", { name: "New rule" }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel("Name", { exact: true }).fill("Price");
        await dialog.getByLabel("Keywords").fill("harga, berapa");
        await dialog.getByRole("button", { name: "Save" }).click();
        await expect(dialog.getByRole("alert")).toContainText("Something in this rule");
        await dialog.getByRole("button", { name: "Answer below the comment" }).click();
        await dialog.getByLabel("Below the comment, text 1").fill("See your messages!");
        const words = "Hi {{contact.first_name|kak}}, the Gayo is Rp 90.000.";
        await dialog.getByLabel("Private message").fill(words);
        await expectAccessible(page, "a rule");
        await shot("rule");
        await dialog.getByRole("button", { name: "Save" }).click();
        await expect(page.getByText("Comments with harga, berapa · All posts")).toBeVisible();

        await page.getByRole("button", { name: "New rule" }).click();
        await dialog.getByLabel("Name", { exact: true }).fill("Quiz");
        await dialog.getByText("Quiz", { exact: true }).click();
        await dialog.getByLabel("Below which posts").selectOption({ label: "One post" });
        await dialog.getByLabel("Address of the post").fill("https://www.instagram.com/p/OTHER/");
        const [right, wrong] = [
          dialog.getByRole("group", { name: "Right answers" }),
          dialog.getByRole("group", { name: "Wrong answers" }),
        ];
        await right.getByLabel("Keywords").fill("Aceh");
        await right.getByLabel("Private message").fill("Right! Your code: GAYO10");
        await wrong.getByLabel("Private message").fill("Not quite. Try again!");
        await dialog.getByRole("button", { name: "Save" }).click();
        await expect(dialog.getByText("None of the newest posts has this address")).toBeVisible();
        await expectAccessible(page, "a refused quiz");
        await shot("quiz");
        await dialog.getByLabel("Address of the post").fill(POST);
        await dialog.getByRole("button", { name: "Save" }).click();
        await expect(dialog).toHaveCount(0);

        await page
          .getByLabel("Numbers and handles")
          .fill("@sari.dewi\nnot a name\n+62 812 345 6789");
        await page.getByRole("switch", { name: "Only those on the list" }).click();
        const save = page.locator("form", { has: page.getByLabel("Numbers and handles") });
        await save.getByRole("button", { name: "Save" }).click();
        await expect(page.getByText("Lines: 2")).toBeVisible();
        await page.getByLabel("Numbers and handles").fill("@sari.dewi\n+62 812 345 6789");
        await save.getByRole("button", { name: "Save" }).click();
        await expect(page.getByText("Lines: 2")).toHaveCount(0);

        await pages.comment(callback, "c1", SARI, "Kak, harga?");
        await pages.comment(callback, "c2", SARI, "aceh!");
        await pages.comment(callback, "c3", BUDI, "Harga dong");
        await expect.poll(() => pages.said.length).toBe(3);
        const recipient = { comment_id: "c1" };
        expect(pages.said).toContainEqual({ message: "See your messages!" });
        expect(pages.said).toContainEqual({
          recipient,
          message: { text: "Hi sari.dewi, the Gayo is Rp 90.000." },
        });

        await page.getByRole("button", { name: "Move Quiz up" }).click();
        await expect(page.getByRole("button", { name: "Move Quiz up" })).toBeFocused();
        await expectAccessible(page, "the rules");
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide).toBeLessThanOrEqual(width);
        await shot("rules", true);
        await page.getByRole("button", { name: "Log of Price" }).click();
        await expect(dialog.getByText("not on the list")).toBeVisible();
        await expect(dialog.getByText("Kak, harga?")).toBeVisible();
        await expectAccessible(page, "a log");
        await shot("log");
        await dialog.getByRole("link", { name: "Open the chat" }).click();
        await expect(page.getByText("Commented on your post").first()).toBeVisible();
        await expect(page.getByText("Answered privately by a rule").first()).toBeVisible();
        await expectAccessible(page, "a thread of comments");
        await shot("thread");
      } finally {
        await server.stop();
        await pages.stop();
      }
    });
  }
}
