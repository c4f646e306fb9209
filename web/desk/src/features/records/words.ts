// Records as they are spoken of and shown. Pure functions.

import type { CustomerRecord, RecordIcon, RecordState, RecordType } from "@sapa/protocol";
import type { IconName } from "@sapa/ui";
import { isolated } from "../../app/isolate";
import { m } from "../../paraglide/messages";

export const ICONS: Record<RecordIcon, IconName> = {
  order: "archive",
  claim: "alert",
  lead: "star",
  booking: "clock",
  invoice: "file",
  delivery: "send",
  record: "list",
};

export const ICON_NAMES: readonly { value: RecordIcon; name: () => string }[] = [
  { value: "order", name: m.record_icon_order },
  { value: "claim", name: m.record_icon_claim },
  { value: "lead", name: m.record_icon_lead },
  { value: "booking", name: m.record_icon_booking },
  { value: "invoice", name: m.record_icon_invoice },
  { value: "delivery", name: m.record_icon_delivery },
  { value: "record", name: m.record_icon_record },
];

export function typeOf(
  types: readonly RecordType[],
  record: CustomerRecord,
): RecordType | undefined {
  return types.find(({ id }) => id === record.type_id);
}

export function stateOf(
  type: RecordType | undefined,
  record: CustomerRecord,
): RecordState | undefined {
  return type?.states.find(({ id }) => id === record.state_id);
}

/** By its type and number: "Order KS-7". */
export function nameOfRecord(type: RecordType | undefined, record: CustomerRecord): string {
  return isolated(type ? `${type.name} ${record.number}` : record.number);
}
