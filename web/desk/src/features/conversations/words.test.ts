import type { ContactId } from "@sapa/protocol";
import { expect, it } from "vitest";
import { conversationId, entry, MARC, ME } from "../../sync/samples";
import { authorName, nameOf, sentenceOf } from "./words";

// R080, C24
it("calls a contact by his name, else by his address, else by his number, else a visitor with a code of his own", () => {
  const id: ContactId = "con_019e40a55be276cc8d3cf24a07634f2a";
  const siti = { id, name: "Siti", email: "siti@toko.id", phone: "+62 812" };
  expect(nameOf(siti)).toBe("Siti");
  expect(nameOf({ ...siti, name: null })).toBe("siti@toko.id");
  expect(nameOf({ ...siti, name: null, email: null })).toBe("+62 812");
  const stranger = { id, name: null, email: null, phone: null } as const;
  expect(nameOf(stranger)).toBe("Visitor 4F2A");
  expect(authorName({ kind: "contact", ...stranger })).toBe("Visitor 4F2A");
});

it("says why what was to be sent later was not sent, also for a reason that it does not know", () => {
  const author = { kind: "member" as const, id: MARC, name: "Marc" };
  const line = (failure: string) =>
    entry(1, conversationId(1), { kind: "not_sent", author, failure, text: null });
  expect(sentenceOf(line("contact_blocked"), ME)).toMatch(
    /Marc.* not sent: the customer is blocked$/,
  );
  expect(sentenceOf(line("contact_blocked"), MARC)).toMatch(/^Your .* is a draft again: the cust/);
  expect(sentenceOf(line("brand_new"), ME)).toMatch(/: it was refused at its time$/);
});
