// Where the desk stands: starting, not set up, signed out, ready, or failed to start.
// Must stay true: the first load is one request; the address in the bar survives a sign-in.
// Absent: everything inside a signed-in desk (sync/session.ts).

import {
  createStaffApi,
  ProblemError,
  type ConversationView,
  type Me,
  type Problem,
} from "@sapa/protocol";
import { Session } from "../sync/session";
import { VIEWS } from "../sync/views";
import { alertOf } from "./alerts";
import { speak } from "./language.svelte";
import { startPreferences } from "./preferences.svelte";
import { sayTaken } from "./taken";

export type Stage =
  | { name: "starting" }
  | { name: "setup" }
  | { name: "join" }
  /** `ended`: was signed in a moment ago. */
  | { name: "signed_out"; ended: boolean }
  | { name: "ready"; session: Session }
  | { name: "failed"; problem: Problem };

class App {
  readonly api = createStaffApi();
  stage = $state.raw<Stage>({ name: "starting" });

  async start(): Promise<void> {
    if (location.pathname === "/join") return this.#stand({ name: "join" });
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

  /** After sign-in, setup or joining. */
  async enter(me: Me): Promise<void> {
    speak(me.locale);
    if (["/join", "/setup", "/sign-in"].includes(location.pathname)) {
      history.replaceState(null, "", "/chats/mine");
    }
    await this.start();
  }

  async leave(): Promise<void> {
    if (this.stage.name === "ready") await this.stage.session.signOut();
    this.#stand({ name: "signed_out", ended: false });
  }

  async #open(): Promise<void> {
    const view = viewInAddress();
    const desk = await this.api.desk(view);
    speak(desk.me.locale);
    const session: Session = await Session.start(this.api, desk, view, {
      onAttention: (what) => alertOf(what),
      onTaken: (message, problem) => sayTaken(message, problem),
      onPreferences: startPreferences,
      onSignedOut: () => {
        session.stop();
        this.#stand({ name: "signed_out", ended: true });
      },
    });
    this.#stand({ name: "ready", session });
  }

  #stand(stage: Stage): void {
    this.stage = stage;
  }
}

function viewInAddress(): ConversationView {
  const named = location.pathname.split("/")[2];
  return VIEWS.find((view) => view === named) ?? "mine";
}

export const app = new App();
