// What is being written follows its author to another device, and ends there when it was sent.

import { expect, test } from "../support/test";

// R136, C09
test("a draft goes on at another device and is gone where it was begun", async ({ sit }) => {
  const [laptop, phone] = [await sit("citra"), await sit("citra")];
  for (const desk of [laptop, phone]) await desk.show("mine");
  await laptop.open(/Hannah Kim/);
  await laptop.reply.fill("The beans are on");
  await expect(phone.row(/Hannah Kim.*Draft.*The beans are on/)).toBeVisible();

  await phone.open(/Hannah Kim/);
  await expect(phone.reply).toHaveValue("The beans are on");
  await phone.reply.fill("The beans are on their way");
  await expect(laptop.reply).toHaveValue("The beans are on their way");
  await phone.reply.press("Enter");
  await expect(laptop.message("The beans are on their way")).toBeVisible();
  await expect(laptop.reply).toHaveValue("");
  await phone.page.reload();
  await expect(phone.reply).toHaveValue("");
});

// R135, R136, R138
test("a draft survives a device that never comes back", async ({ sit }) => {
  const lost = await sit("citra");
  await lost.show("mine");
  await lost.open(/Hannah Kim/);
  await lost.reply.fill("Written in a hurry");
  // Leaving the page is soon enough.
  await lost.page.goto("about:blank");
  await lost.page.context().close();
  const other = await sit("citra");
  await other.show("mine");
  await expect(other.row(/Hannah Kim.*Draft.*Written in a hurry/)).toBeVisible();
});

test("a draft of a chat that was taken away can be read and discarded", async ({ sit, server }) => {
  const [citra, dimas] = [await sit("citra"), await sit("dimas")];
  await citra.show("queue");
  await citra.open(/Putri Maharani/);
  await citra.reply.fill("Let me look for you");
  const address = citra.page.url();
  await expect(async () => {
    const { items } = await (await citra.page.request.get(`${server.url}/api/v1/drafts`)).json();
    expect(items).toHaveLength(1);
  }).toPass();
  await dimas.show("queue");
  await dimas.open(/Putri Maharani/);
  await dimas.say("Saya bantu ya");
  await expect(citra.page.getByText("Let me look for you")).toBeVisible();
  await citra.page.goto(address);
  await expect(citra.page.getByText("Let me look for you")).toBeVisible();
  await citra.page.getByRole("button", { name: "Discard the draft" }).click();
  await expect(citra.page.getByText("Let me look for you")).toHaveCount(0);
});
