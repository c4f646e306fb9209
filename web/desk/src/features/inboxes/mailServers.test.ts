import { describe, expect, it } from "vitest";
import { guess } from "./mailServers";

describe("a guess", () => {
  it("knows common providers, and otherwise what hosts usually do", () => {
    expect(guess(" Kopi@GMAIL.com ")).toMatchObject({
      imap: { host: "imap.gmail.com", port: 993, encryption: "tls" },
      smtp: { host: "smtp.gmail.com", port: 465, encryption: "tls" },
      plus: true,
      app_password: true,
    });
    expect(guess("a@outlook.com")?.smtp).toEqual({
      host: "smtp.office365.com",
      port: 587,
      encryption: "starttls",
    });
    expect(guess("help@kopi.example")).toMatchObject({
      imap: { host: "imap.kopi.example" },
      smtp: { host: "smtp.kopi.example" },
      plus: false,
      app_password: false,
    });
    for (const none of ["", "kopi", "kopi@", "kopi@localhost", "a@b c.d"])
      expect(guess(none)).toBeNull();
  });
});
