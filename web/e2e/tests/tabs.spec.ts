// Two tabs of one person, and two people, agree without a reload.

import { expect, test } from "../support/test";
import { Desk } from "../support/desk";

test("two tabs agree on messages, drafts and what is unread", async ({ server, sit, visit }) => {
  const one = await sit("citra");
  const two = new Desk(await one.page.context().newPage(), server.url);
  await two.page.goto(server.url);
  await expect(two.row(/Hannah Kim.*1 unread/)).toBeVisible();

  await one.open(/Hannah Kim/);
  await expect(two.row(/Hannah Kim/)).not.toHaveAccessibleName(/unread/);
  await two.open(/Hannah Kim/);
  await one.say("Two bags it is");
  await expect(two.message("Two bags it is")).toBeVisible();

  const visitor = await visit();
  await visitor.say("A new question for everybody");
  for (const desk of [one, two]) {
    await desk.show("queue");
    await expect(desk.row(/A new question for everybody/)).toHaveCount(1);
  }
});

// R020, R021
test("a conversation that somebody took leaves the other's queue", async ({ sit }) => {
  const [citra, dimas] = [await sit("citra"), await sit("dimas")];
  await citra.show("queue");
  await dimas.show("queue");
  await citra.open(/Putri Maharani/);
  await citra.say("Masih ada 5 bungkus, Kak!");
  await expect(dimas.row(/Putri Maharani/)).toHaveCount(0);
  await citra.show("mine");
  await expect(citra.row(/Putri Maharani/)).toBeVisible();
});
