// With what a visitor looks at the site, in words. Pure functions.

import type { VisitorProfile } from "@sapa/protocol";
import { language } from "../../../app/language.svelte";
import { m } from "../../../paraglide/messages";
import { shownValue } from "../../contacts/fields";

const DEVICES: Record<NonNullable<VisitorProfile["device"]>, () => string> = {
  computer: m.device_computer,
  phone: m.device_phone,
  tablet: m.device_tablet,
};

export interface Line {
  label: string;
  text: string;
}

/** What is known, a line each. `now` is our clock. */
export function profileLines(profile: VisitorProfile, now: number): Line[] {
  const { country, browser, system, device } = profile;
  const lines: [() => string, string | null | undefined][] = [
    [m.field_country, country && shownValue("country", country)],
    [m.local_time, profile.zone && timeIn(profile.zone, now)],
    [m.language, profile.language && shownValue("language", profile.language)],
    [m.visitor_browser, browser],
    [m.visitor_system, system],
    [m.visitor_device, device && DEVICES[device]()],
  ];
  return lines.flatMap(([label, text]) => (text ? [{ label: label(), text }] : []));
}

/** The clock there, with the day of the week where it is another one than here. */
export function timeIn(zone: string, now: number): string | undefined {
  try {
    const at = (options: Intl.DateTimeFormatOptions, timeZone?: string) =>
      new Intl.DateTimeFormat(
        language.current,
        timeZone ? { ...options, timeZone } : options,
      ).format(now);
    const clock = at({ hour: "2-digit", minute: "2-digit" }, zone);
    const [there, here] = [at({ weekday: "long" }, zone), at({ weekday: "long" })];
    return there === here ? clock : `${clock}, ${there}`;
  } catch {
    // A zone that this browser does not know.
    return undefined;
  }
}
