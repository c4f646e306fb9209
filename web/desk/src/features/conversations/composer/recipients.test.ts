import { describe, expect, it } from "vitest";
import { conversationId, entry } from "../../../sync/samples";
import { addressesIn, again, answersTo } from "./recipients";

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
  remote: false,
};

describe("an answer by mail", () => {
  it("goes to all of the customer's last one, and not to the inbox", () => {
    const theirs = entry(1, conversationId(1), {
      author: { kind: "contact", id: null, name: "Budi" },
      mail,
    });
    expect(answersTo([theirs], "help@kopi.example")).toEqual({
      to: [at("budi@x.example")],
      cc: [at("sari@x.example"), at("citra@x.example")],
      subject: "Re: Pesanan",
    });
    const elsewhere = { ...theirs, mail: { ...mail, reply_to: [at("toko@x.example")] } };
    expect(answersTo([elsewhere], null)?.to).toEqual([at("toko@x.example")]);
    expect(answersTo([], null)).toBeNull();
  });

  it("says Re: once, and takes addresses as people write them", () => {
    expect([again("Halo"), again("AW: Re: Halo")]).toEqual(["Re: Halo", "Re: Halo"]);
    expect(addressesIn(" a@x, b@x;c@x\n")).toEqual(["a@x", "b@x", "c@x"]);
  });
});
