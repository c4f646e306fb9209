// How components inside the signed-in desk reach their session.

import { createContext } from "svelte";
import type { Session } from "../sync/session";

export const [useSession, provideSession] = createContext<Session>();
