// Where the desk stands: starting, not set up, signed out, ready, or failed to start.
// Must stay true: the first load is one request; a reload paints what was there and asks whether it still may;
// the address in the bar survives a sign-in.
// Absent: everything inside a signed-in desk (sync/session.ts).

import { createStaffApi, ProblemError, type Me, type Problem } from "@sapa/protocol";
import { docked } from "../features/conversations/dock/docked.svelte";
import { selection } from "../features/conversations/list/selection.svelte";
import { menu } from "../features/conversations/menu/menu.svelte";
import { asked, type ListId } from "../sync/filters";
import { forgetPicture, ownPicture, recallPicture } from "../sync/picture";
import { Session } from "../sync/session";
import { alertOf, givenAlert, mentionAlert, waitingAlert } from "./alerts";
import { speak } from "./language.svelte";
import { followMember, startPreferences } from "./preferences.svelte";
import { listIn } from "./router";
import { sayNotSent, sayTaken } from "./taken";
import { dismissAll } from "./toasts.svelte";

const CONFIRM_AGAIN_MS = 3_000;

export type Stage =
  | { name: "starting" }
  | { name: "setup" }
  | { name: "join" }
  | { name: "password" }
  /** `ended`: was signed in a moment ago. */
  | { name: "signed_out"; ended: boolean }
  | { name: "ready"; session: Session }
  | { name: "failed"; problem: Problem };

class App {
  readonly api = createStaffApi();
  stage = $state.raw<Stage>({ name: "starting" });

  async start(): Promise<void> {
    if (location.pathname === "/join") return this.#stand({ name: "join" });
    if (location.pathname === "/password") return this.#stand({ name: "password" });
    this.#stand({ name: "starting" });
    try {
      await this.#open();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (error.code !== "unauthenticated")
        return this.#stand({ name: "failed", problem: error.problem });
      const { needed } = await this.api.setup().catch(() => ({ needed: false }));
      this.#stand(needed ? { name: "setup" } : { name: "signed_out", ended: false });
    }
  }

  /** After sign-in, setup, joining or a new password. */
  async enter(me: Me): Promise<void> {
    speak(me.locale);
    if (["/join", "/password", "/setup", "/sign-in"].includes(location.pathname)) {
      history.replaceState(null, "", "/chats/mine");
    }
    await this.start();
  }

  async leave(): Promise<void> {
    if (this.stage.name === "ready") await this.stage.session.signOut();
    this.#stand({ name: "signed_out", ended: false });
  }

  async #open(): Promise<void> {
    const list = listInAddress();
    const picture = await recallPicture();
    const first = picture ?? (await this.api.desk(asked(list)));
    const { me } = "pages" in first ? first.desk : first;
    speak(me.locale);
    const session: Session = await Session.start(this.api, first, list, {
      onAttention: (what) => alertOf(what, session.store.marksOf(what.item.conversation)),
      onMentioned: (what) => mentionAlert(what),
      onWaiting: (what) => waitingAlert(what),
      onGiven: (what) => givenAlert(what, session.store),
      onTaken: (message, problem) => sayTaken(message, problem),
      onNotSent: sayNotSent,
      onPreferences: startPreferences,
      onSignedOut: () => this.#signedOut(session),
    });
    docked.startFor(me.member.id);
    selection.clear();
    followMember(me.member.id, me.preferences ?? null, this.api);
    menu.startFor(me.member.id);
    this.#stand({ name: "ready", session });
    ownPicture({ me });
    if (picture) void this.#confirm(session);
    else session.follow();
  }

  /** The picture is on screen; now the server says whether it is still this member's to see. */
  async #confirm(session: Session): Promise<void> {
    while (session.running) {
      try {
        const me = await this.api.me();
        if (!session.running) return;
        if (sameRights(me, session.store.me)) {
          session.store.setMe(me);
          followMember(me.member.id, me.preferences ?? null, this.api);
          return session.follow();
        }
        session.stop();
        await forgetPicture();
        return await this.start();
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        if (error.code === "unauthenticated") return this.#signedOut(session);
        await new Promise((resolve) => setTimeout(resolve, CONFIRM_AGAIN_MS));
      }
    }
  }

  #signedOut(session: Session): void {
    session.stop();
    void forgetPicture();
    this.#stand({ name: "signed_out", ended: true });
  }

  #stand(stage: Stage): void {
    if (stage.name === "signed_out") dismissAll();
    this.stage = stage;
  }
}

function sameRights(a: Me, b: Me): boolean {
  return a.member.id === b.member.id && a.rights.join() === b.rights.join();
}

function listInAddress(): ListId {
  const [, section, view] = location.pathname.split("/");
  // Elsewhere the part after ? means something else.
  return section === "chats" ? listIn(view, new URLSearchParams(location.search)) : "mine";
}

export const app = new App();
