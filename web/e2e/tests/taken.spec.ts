// Somebody else was quicker: the message is refused with the reason, and what was typed is kept.

import { expect, test } from "../support/test";

// R188, R196, C35
test("a reply into a conversation that was just taken is refused and kept as a draft", async ({
  sit,
}) => {
  const [citra, dimas] = [await sit("citra"), await sit("dimas")];
  for (const desk of [citra, dimas]) {
    await desk.show("queue");
    await desk.open(/Yusuf Hidayat/);
  }
  await dimas.reply.fill("Saya cek ke gudang ya");
  // Dimas does not hear of it before he sends.
  await dimas.page.context().setOffline(true);
  await citra.say("Halo Kak Yusuf, saya bantu cek");
  await expect(citra.message("saya bantu cek").getByRole("img", { name: "Sent" })).toBeVisible();
  await dimas.reply.press("Enter");
  await dimas.page.context().setOffline(false);
  await expect(dimas.page.getByText(/Citra Dewi has this chat now/).first()).toBeVisible();
  await expect(dimas.page.getByText(/draft is kept/i).first()).toBeVisible();
  await expect(citra.thread.getByText("Saya cek ke gudang ya")).toHaveCount(0);
});

test("a row whose chat was taken says so under the pointer too", async ({ sit }) => {
  const [citra, dimas] = [await sit("citra"), await sit("dimas")];
  await citra.show("queue");
  await dimas.show("queue");
  await citra.row(/Yusuf Hidayat/).hover();
  await dimas.open(/Yusuf Hidayat/);
  await dimas.say("Halo Kak Yusuf");
  const gone = citra.page.getByText("This chat is no longer here.");
  await expect(gone).toBeVisible();
  const [left] = await Promise.all([gone.evaluate((words) => words.getBoundingClientRect().left)]);
  expect(left).toBeGreaterThan(0);
  // What stands at its first letter is the row, not a box to tick.
  const on_top = await gone.evaluate((words) => {
    const { left, top, height } = words.getBoundingClientRect();
    const found = document.elementFromPoint(left + 4, top + height / 2);
    return found === words || found?.contains(words) === true;
  });
  expect(on_top).toBe(true);
});
