// The desk as a person uses it: by what is written on it.

import { expect, type Locator, type Page } from "@playwright/test";

/** The demo's people. */
export type Who = "ayu" | "bima" | "citra" | "dimas";
type View = "mine" | "queue" | "all" | "snoozed" | "closed";

export class Desk {
  constructor(
    readonly page: Page,
    private readonly url: string,
  ) {}

  async signIn(who: Who, password: string): Promise<void> {
    await this.page.goto(this.url);
    await this.page.getByLabel("Email").fill(`${who}@kopisenja.example`);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
    await expect(this.page.getByRole("navigation", { name: "Views" })).toBeVisible();
  }

  async show(view: View): Promise<void> {
    const name = view[0]!.toUpperCase() + view.slice(1);
    // Each inbox has lists of its own further down.
    const of_all = this.page
      .getByRole("navigation", { name: "Views" })
      .getByRole("link", { name: new RegExp(`^${name}`) })
      .first();
    await of_all.click();
    await expect(this.page).toHaveURL(new RegExp(`/chats/${view}`));
    await expect(this.page.getByRole("status", { name: "Loading" })).toHaveCount(0);
  }

  /** A conversation in the list. */
  row(who: string | RegExp): Locator {
    return this.page.getByRole("list", { name: "Chats" }).getByRole("link", { name: who });
  }

  async open(who: string | RegExp): Promise<void> {
    await this.row(who).click();
    await expect(this.thread).toHaveAttribute("aria-busy", "false");
  }

  get thread(): Locator {
    return this.page.getByRole("log", { name: /^Messages with/ });
  }

  /** The newest message with these words. */
  message(text: string): Locator {
    return this.thread.getByRole("article").filter({ hasText: text }).last();
  }

  get reply(): Locator {
    return this.page.getByRole("textbox", { name: "Reply" });
  }

  async say(text: string): Promise<void> {
    await this.reply.fill(text);
    await this.reply.press("Enter");
  }
}
