import { expect, it } from "vitest";
import { asked, EVERYBODY, formatWanted, parseWanted } from "./query";

it("asks for what the address says, and for nothing that cannot be", () => {
  const address = "?came=search&page=%2Fsale&visits=again&chat=out";
  const wanted = parseWanted(new URLSearchParams(address));
  expect(formatWanted(wanted)).toBe(address);
  expect(asked(wanted)).toEqual({
    inbox_id: undefined,
    came: "search",
    page: "/sale",
    returning: "true",
    in_chat: "false",
  });
  const wrong = new URLSearchParams("?inbox=cnv_1&came=wish&visits=often&chat=yes");
  expect(parseWanted(wrong)).toEqual(EVERYBODY);
  expect(formatWanted(EVERYBODY)).toBe("");
});
