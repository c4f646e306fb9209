// What an inbox asks before the first message: filled by the visitor, read at the desk.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";
import { Visitor } from "../support/visitor";

// R008, R012
test("a visitor answers and agrees before he writes, and the desk knows who he is", async ({
  sit,
  browse,
  server,
}) => {
  test.slow();
  const ayu = await sit("ayu");
  const { page } = ayu;
  await page.goto(`${server.url}/settings/inboxes`);
  await page.getByRole("link", { name: /Kopi Senja shop/ }).click();
  await page.getByLabel("Ask for the name").selectOption("required");
  await page.getByLabel("Ask for the email").selectOption("optional");
  await page
    .getByLabel("What visitors agree to", { exact: true })
    .fill("We keep this chat to answer you.");
  await page.getByLabel("Link to the full text").fill("https://kopisenja.example/privacy");
  await expectAccessible(page, "the settings of an inbox");
  await page.getByRole("button", { name: "Save", exact: true }).last().click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();

  const visitor = new Visitor(await browse());
  await visitor.page.goto(`${server.url}/demo`);
  await visitor.page.waitForFunction(() => "Sapa" in window);
  await visitor.knock();
  const { frame, box } = visitor;
  const name = frame.getByLabel("Name", { exact: true });
  await expect(name).toBeVisible();
  await expect(box).toHaveCount(0);
  await expectAccessible(frame, "the form before the first message");
  const kept = await frame.evaluate(() =>
    Object.keys(localStorage).map((key) => key.split(":").pop()),
  );
  expect(kept).toEqual(["config"]);

  await frame.getByRole("button", { name: "Start the chat" }).click();
  await expect(name).toBeFocused();
  await name.fill("Rani");
  await frame.getByLabel("Email (optional)").fill("rani@example.com");
  await frame.getByRole("button", { name: "Start the chat" }).click();
  await expect(box).toHaveCount(0);
  await frame.getByRole("checkbox", { name: /We keep this chat/ }).check();
  await frame.getByRole("button", { name: "Start the chat" }).click();
  await expect(box).toBeFocused();
  await box.fill("Do you sell gift cards?");
  await box.press("Enter");
  await expect(frame.getByRole("img", { name: "Sent" })).toBeVisible();

  await page.goto(`${server.url}/chats/queue`);
  await ayu.open(/Rani/);
  await expect(page.getByText("rani@example.com")).toBeVisible();
  await page.getByText(/, version 1$/).click();
  await expect(page.getByText("We keep this chat to answer you.")).toBeVisible();
});
