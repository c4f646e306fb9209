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
