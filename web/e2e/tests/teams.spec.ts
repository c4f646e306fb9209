// Teams: made in the settings, called in notes, with quick replies of their own, current at every desk.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import type { Desk } from "../support/desk";
import { expect, test } from "../support/test";

const dialog = (page: Page, name: string | RegExp) => page.getByRole("dialog", { name });
const row = (page: Page, name: string) =>
  page.getByRole("main").getByRole("listitem").filter({ hasText: name });
const slash = (page: Page, text: string) =>
  page.getByRole("listbox", { name: "Quick replies" }).getByRole("option", { name: text });
const notices = (desk: Desk) => desk.page.getByRole("region", { name: "Notices" });
const noteBox = (desk: Desk) => desk.page.getByRole("textbox", { name: "Note" });

async function openSettings(desk: Desk, name: string): Promise<void> {
  await desk.page.getByRole("link", { name: "Settings" }).click();
  await desk.page.getByRole("link", { name, exact: true }).click();
  await expect(desk.page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

/** Makes a team of these people; the first of them leads it. */
async function makeTeam(page: Page, name: string, people: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: "New team" }).first().click();
  const making = dialog(page, "New team");
  await making.getByLabel("Name").fill(name);
  for (const person of people) await making.getByRole("checkbox", { name: person }).check();
  await making.getByRole("checkbox", { name: `${people[0]} leads the team` }).check();
  await making.getByRole("button", { name: "Save", exact: true }).click();
  await expect(making).toHaveCount(0);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`an administrator makes, changes and removes teams, in ${colorScheme}`, async ({ sit }) => {
    test.slow();
    const ayu = await sit("ayu", { colorScheme });
    const { page } = ayu;
    const shot = (name: string) =>
      page.screenshot({ path: `screenshots/teams-${name}-${colorScheme}.png` });
    await openSettings(ayu, "Teams");
    await expect(row(page, "Shipping")).toContainText("2 people");
    await expect(row(page, "Shipping")).toContainText("Dimas Putra (leads), Citra Dewi");
    await expectAccessible(page, "the page of teams");
    await shot("1440");

    // By keyboard alone.
    await page.getByRole("button", { name: "New team" }).press("Enter");
    const making = dialog(page, "New team");
    await expect(making.getByLabel("Name")).toBeFocused();
    await page.keyboard.type("shipping");
    await page.keyboard.press("Enter");
    await expect(making.getByRole("alert")).toHaveText(/There is a team shipping already/);
    await making.getByLabel("Name").fill("Returns");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await expect(
      making.getByRole("checkbox", { name: "Ayu Lestari leads the team" }),
    ).toBeFocused();
    await page.keyboard.press("Space");
    await making.getByRole("checkbox", { name: "Citra Dewi" }).check();
    await expect(making.getByText("2 chosen")).toBeVisible();
    await expectAccessible(page, "making a team");
    await shot("dialog-1440");
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page, "making a team on a phone");
    await shot("dialog-390");
    await making.getByRole("button", { name: "Save", exact: true }).click();
    await expect(row(page, "Returns")).toContainText("Ayu Lestari (leads), Citra Dewi");
    await expectAccessible(page, "the page of teams on a phone");
    await shot("390");
    await page.setViewportSize({ width: 1440, height: 900 });

    await page.getByRole("button", { name: "Edit Returns" }).click();
    const editing = dialog(page, "Edit team");
    await editing.getByLabel("Name").fill("Returns and refunds");
    await editing.getByRole("checkbox", { name: "Citra Dewi", exact: true }).uncheck();
    await editing.getByRole("button", { name: "Save", exact: true }).click();
    await expect(row(page, "Returns and refunds")).toContainText("1 person");

    // What goes with a team is said before.
    await page.getByRole("button", { name: "Remove Shipping" }).click();
    const removing = dialog(page, "Remove the team Shipping?");
    await expect(removing).toContainText("1 quick reply of this team is deleted with it.");
    await expectAccessible(page, "the question before a team is removed");
    await shot("remove");
    await removing.getByRole("button", { name: "Remove" }).click();
    await expect(row(page, "Shipping")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Remove Returns and refunds" })).toBeFocused();
    for (const name of ["Café advice", "Returns and refunds"]) {
      await page.getByRole("button", { name: `Remove ${name}` }).click();
      await expect(dialog(page, /Remove the team/)).not.toContainText("quick repl");
      await dialog(page, /Remove the team/)
        .getByRole("button", { name: "Remove" })
        .click();
      await expect(row(page, name)).toHaveCount(0);
    }
    await expect(page.getByRole("heading", { name: "No teams yet" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Teams", exact: true })).toBeFocused();
    await expectAccessible(page, "no teams");
    await shot("empty");
    await page.getByRole("link", { name: "Quick replies" }).click();
    await expect(page.getByRole("heading", { name: "Everybody" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Team: Shipping" })).toHaveCount(0);
  });
}

test("who changes no members sees the teams and cannot touch them", async ({ sit }) => {
  const citra = await sit("citra");
  await openSettings(citra, "Teams");
  await expect(row(citra.page, "Shipping")).toContainText("Dimas Putra (leads), Citra Dewi");
  await expect(citra.page.getByRole("button", { name: /^(Edit|Remove)/ })).toHaveCount(0);
  await expect(citra.page.getByRole("button", { name: "New team" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await expectAccessible(citra.page, "the teams of others");
});

test("a note calls a team: everybody of it once, and nobody who writes it", async ({
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("My parcel is lost");
  const ayu = await sit("ayu");
  await openSettings(ayu, "Teams");
  await makeTeam(ayu.page, "Lost parcels", ["Citra Dewi", "Dimas Putra"]);
  const [citra, dimas, bima] = [await sit("citra"), await sit("dimas"), await sit("bima")];
  for (const desk of [dimas, bima]) await desk.show("closed");
  await citra.show("queue");
  await citra.open(/My parcel is lost/);
  await citra.page.getByRole("tab", { name: "Note" }).click();
  await noteBox(citra).pressSequentially("Who knows? @lost");
  const names = citra.page.getByRole("listbox", { name: "Mention a colleague or a team" });
  const team = names.getByRole("option", { name: "Lost parcels 1 person" });
  await expect(team).toHaveAttribute("aria-selected", "true");
  await expectAccessible(citra.page, "a team in the list of names");
  await citra.page.screenshot({ path: "screenshots/teams-mention.png" });
  await citra.page.keyboard.press("Enter");
  await expect(noteBox(citra)).toHaveValue("Who knows? @Lost parcels ");
  await noteBox(citra).pressSequentially("@dim");
  await citra.page.keyboard.press("Enter");
  await citra.page.keyboard.press("Enter");
  const note = (desk: Desk) =>
    desk.thread.getByRole("article", { name: /^Note by/ }).filter({ hasText: "Who knows" });
  await expect(note(citra)).toContainText("@Lost parcels @Dimas Putra");

  // By name and with the team: told once, as himself.
  await expect(notices(dimas)).toContainText("Citra Dewi mentioned you in the chat with");
  await expect(notices(dimas)).not.toContainText("your team");
  await notices(dimas).getByRole("button", { name: "Open" }).click();
  await expect(note(dimas)).toBeInViewport();
  await expectAccessible(dimas.page, "a note that mentions a team");
  await dimas.page.screenshot({ path: "screenshots/teams-note.png" });
  await noteBox(citra).pressSequentially("Please, @lost");
  await citra.page.keyboard.press("Enter");
  await noteBox(citra).pressSequentially("look");
  await citra.page.keyboard.press("Enter");
  await dimas.show("closed");
  await noteBox(citra).pressSequentially("@lost");
  await citra.page.keyboard.press("Enter");
  await noteBox(citra).pressSequentially("again");
  await citra.page.keyboard.press("Enter");
  await expect(notices(dimas)).toContainText("mentioned your team Lost parcels in the chat with");
  // What is told later is told after it: had it called them too, it would be here.
  await noteBox(citra).pressSequentially("@bima");
  await citra.page.keyboard.press("Enter");
  await noteBox(citra).pressSequentially("you?");
  await citra.page.keyboard.press("Enter");
  await expect(notices(bima)).toContainText("Citra Dewi mentioned you in the chat with");
  await expect(notices(bima)).not.toContainText("your team");
  await expect(notices(citra)).not.toContainText("mentioned");

  // Once it is hers alone, nobody of the team could read it, and it is not offered.
  await citra.page.getByRole("tab", { name: "Reply" }).click();
  await citra.say("I am looking");
  await expect(citra.message("I am looking")).toBeVisible();
  await citra.page.getByRole("tab", { name: "Note" }).click();
  await noteBox(citra).pressSequentially("@lost");
  await expect(citra.page.getByText("Nobody and no team of that name").first()).toBeVisible();
  await noteBox(citra).fill("");
  await ayu.page.getByRole("button", { name: "Remove Lost parcels" }).click();
  await dialog(ayu.page, /Lost parcels/)
    .getByRole("button", { name: "Remove" })
    .click();
  await expect(row(ayu.page, "Lost parcels")).toHaveCount(0);
  await citra.page.reload();
  await expect(note(citra)).toContainText("@Lost parcels @Dimas Putra");
});

test("a quick reply of a team is its members', from the moment on that they are in it", async ({
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("I send it back");
  const [ayu, citra, dimas] = [await sit("ayu"), await sit("citra"), await sit("dimas")];
  await openSettings(ayu, "Teams");
  await makeTeam(ayu.page, "Returns", ["Dimas Putra"]);

  // Its lead, an agent, makes one.
  await openSettings(dimas, "Quick replies");
  await dimas.page.getByRole("button", { name: "New quick reply" }).first().click();
  const making = dialog(dimas.page, "New quick reply");
  await making.getByLabel("Text", { exact: true }).fill("Please print the label.");
  await making.getByLabel("Title").fill("Label for returns");
  await making.getByLabel("Shortcut").fill("label");
  await making.getByLabel("Who may use it").selectOption("Team: Returns");
  await making.getByRole("button", { name: "Save", exact: true }).click();
  await expect(making).toHaveCount(0);
  await expect(dimas.page.getByRole("heading", { name: "Team: Returns" })).toBeVisible();
  await expectAccessible(dimas.page, "quick replies of a team");
  await dimas.page.screenshot({ path: "screenshots/teams-quick-replies.png" });

  await citra.show("queue");
  await citra.open(/I send it back/);
  await citra.reply.pressSequentially("/label");
  await expect(citra.page.getByText("No quick reply fits").first()).toBeVisible();
  await ayu.page.getByRole("button", { name: "Edit Returns" }).click();
  await dialog(ayu.page, "Edit team").getByRole("checkbox", { name: "Citra Dewi" }).check();
  await dialog(ayu.page, "Edit team").getByRole("button", { name: "Save", exact: true }).click();
  await expect(slash(citra.page, "/label"), "without a reload").toBeVisible();
  await citra.page.keyboard.press("Enter");
  await expect(citra.reply).toHaveValue("Please print the label.");

  // Who keeps the team's replies without being in it has them in the settings, not behind the slash.
  await openSettings(ayu, "Quick replies");
  await expect(ayu.page.getByRole("button", { name: "Edit Label for returns" })).toBeVisible();
  await ayu.page.getByRole("link", { name: "Chats" }).click();
  await ayu.show("queue");
  await ayu.open(/I send it back/);
  await ayu.reply.fill("/label");
  await expect(ayu.page.getByText("No quick reply fits").first()).toBeVisible();
  await ayu.reply.fill("");

  await openSettings(ayu, "Teams");
  await ayu.page.getByRole("button", { name: "Edit Returns" }).click();
  await dialog(ayu.page, "Edit team")
    .getByRole("checkbox", { name: "Citra Dewi", exact: true })
    .uncheck();
  await dialog(ayu.page, "Edit team").getByRole("button", { name: "Save", exact: true }).click();
  await citra.reply.fill("");
  await expect(async () => {
    await citra.reply.fill("");
    await citra.reply.fill("/label");
    await expect(citra.page.getByText("No quick reply fits").first()).toBeVisible({
      timeout: 1_000,
    });
  }).toPass();
});
