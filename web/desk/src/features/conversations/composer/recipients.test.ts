import { describe, expect, it } from "vitest";
import { conversationId, entry } from "../../../sync/samples";
import { addressesIn, again, answersTo, participants, wrongIn } from "./recipients";

const at = (address: string) => ({ address, name: null });
const mail = {
  subject: "RE: re: Pesanan",
  from: at("budi@x.example"),
  to: [at("help@kopi.example"), at("sari@x.example")],
  cc: [
    at("help+abcdefghijklmnopqrstuvwxyz@kopi.example"),
    at("sari@x.example"),
    at("citra@x.example"),
  ],
  automatic: false,
  stranger: false,
  formatted: false,
  quoted: false,
  reply_to: [],
  inline: [],
  signature: null,
  remote: false,
};

describe("an answer by mail", () => {
  it("goes to all of the customer's last one, and not to the inbox", () => {
    const theirs = entry(1, conversationId(1), {
      author: { kind: "contact", id: null, name: "Budi" },
      mail,
    });
    expect(answersTo([theirs], ["help@kopi.example"])).toEqual({
      to: [at("budi@x.example")],
      cc: [at("sari@x.example"), at("citra@x.example")],
      subject: "Re: Pesanan",
      sender: [at("budi@x.example")],
    });
    const elsewhere = { ...theirs, mail: { ...mail, reply_to: [at("toko@x.example")] } };
    expect(answersTo([elsewhere], [])?.to).toEqual([at("toko@x.example")]);
    expect(answersTo([], [])).toBeNull();
  });

  it("goes to whom the last answer went, if the customer got it", () => {
    const theirs = entry(1, conversationId(1), {
      author: { kind: "contact", id: null, name: "Budi" },
      mail,
    });
    const ours = (to: string) =>
      entry(2, conversationId(1), {
        author: { kind: "member", id: null, name: "Ayu" },
        mail: { ...mail, from: null, to: [at(to)], cc: [at("dewi@x.example")] },
      });
    const own = ["help@kopi.example"];
    expect(answersTo([theirs, ours("budi@x.example")], own)).toMatchObject({
      to: [at("budi@x.example")],
      cc: [at("dewi@x.example")],
    });
    expect(answersTo([theirs, ours("toko@x.example")], own)?.cc).toHaveLength(2);
    expect(
      answersTo([theirs, ours("budi@x.example"), { ...theirs, position: 3 }], own)?.cc,
    ).toEqual([at("sari@x.example"), at("citra@x.example")]);
    const all = participants([theirs, ours("toko@x.example")], own).map(({ address }) => address);
    expect(all.join(" ")).toBe(
      "toko@x.example dewi@x.example budi@x.example sari@x.example citra@x.example",
    );
  });

  it("is told which address is none", () => {
    expect(wrongIn(["a@x.example", "budi", "b@"])).toBe("budi");
    expect(wrongIn(["a.b+c@x.example", "A@x"])).toBeNull();
    for (const wrong of ["a@b@c", "a@b..c", "a b@c", "ü@b.c", "a@", "@b", "a(b)@c"]) {
      expect(wrongIn([wrong]), wrong).toBe(wrong);
    }
  });

  it("says Re: once, and takes addresses as people write them", () => {
    expect([again("Halo"), again("AW: Re: Halo")]).toEqual(["Re: Halo", "Re: Halo"]);
    expect(addressesIn(" a@x, b@x;c@x\n")).toEqual(["a@x", "b@x", "c@x"]);
  });
});
