// A person on a website that carries the widget.

import { expect, type Frame, type Locator, type Page } from "@playwright/test";

/** The middle of the launcher, from the corner. It lies in a closed shadow root, where only a person can click. */
const LAUNCHER_PX = 48;

export class Visitor {
  #frame: Frame | null = null;

  constructor(readonly page: Page) {}

  async enter(url: string): Promise<void> {
    await this.page.goto(url);
    await this.page.waitForFunction(() => "Sapa" in window);
    await this.open();
  }

  /** Opens the chat, ready to write. */
  async open(side: "left" | "right" = "right"): Promise<void> {
    await this.knock(side);
    await expect(this.box).toBeVisible();
  }

  /** Opens the chat, whatever it shows. */
  async knock(side: "left" | "right" = "right"): Promise<void> {
    const { width, height } = this.page.viewportSize()!;
    const across = side === "left" ? LAUNCHER_PX : width - LAUNCHER_PX;
    await this.page.mouse.click(across, height - LAUNCHER_PX);
    await expect.poll(() => this.#find() !== null).toBe(true);
    this.#frame = this.#find();
  }

  /** Whether the page shows anything of the chat. */
  async isOffered(): Promise<boolean> {
    return this.page.evaluate(() => {
      const host = document.querySelector("body > div[dir]");
      return host !== null && getComputedStyle(host).display !== "none";
    });
  }

  #find(): Frame | null {
    return this.page.frames().find((frame) => /\/w\/inb_/.test(frame.url())) ?? null;
  }

  get frame(): Frame {
    if (!this.#frame) throw new Error("the chat is not open");
    return this.#frame;
  }

  get box(): Locator {
    return this.frame.getByRole("textbox", { name: "Message" });
  }

  get thread(): Locator {
    return this.frame.getByRole("log", { name: "Conversation" });
  }

  message(text: string): Locator {
    return this.thread.getByRole("article").filter({ hasText: text }).last();
  }

  async say(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press("Enter");
  }
}
