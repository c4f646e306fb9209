import { describe, expect, it } from "vitest";
import { written } from "./doc";
import { htmlLines } from "./pasted";
import { schema, webAddress } from "./schema";

const said = (html: string): string => written(schema.node("doc", null, htmlLines(html))).text;

describe("what was copied elsewhere", () => {
  it("keeps words, marks, lists, quotes and links", () => {
    const html = `<html><head><style>p{color:red}</style></head><body><!--StartFragment-->
      <h2>Order 7</h2><p>Is the <b>Gayo</b> <i>back</i>?<br>Ask <a href="https://kopi.example/a_(b)">us</a></p>
      <ul><li>one</li><li><p>two &amp; <code>x</code></p></li></ul><ol start="3"><li>three<li>four</ol>
      <blockquote><p>said</p></blockquote><pre>a\n  b</pre></body></html>`;
    expect(said(html)).toBe(
      [
        "*Order 7*",
        "",
        "Is the *Gayo* _back_?",
        "Ask [us](https://kopi.example/a_%28b%29)",
        "",
        "- one",
        "- two & `x`",
        "",
        "3. three",
        "4. four",
        "",
        "> said",
        "```",
        "a",
        "  b",
        "```",
      ].join("\n"),
    );
  });

  it("knows bold by its look, and what a wrapper takes back", () => {
    const docs = `<b style="font-weight:normal"><span style="font-weight:700">Halo</span><span> kak</span></b>`;
    expect(said(docs)).toBe("*Halo* kak");
  });

  it("has nothing of what runs or is not seen", () => {
    const html = `<img src=x onerror=alert(1)><script>alert(2)</script><a href="javascript:alert(3)">a</a>
      <svg><title>t</title></svg><b onclick="alert(4)">b</b> 5 < 6 &#60;i&#62;`;
    expect(said(html)).toBe("a *b* 5 < 6 <i>");
    expect([webAddress("javascript:x"), webAddress("kopi.example/a")]).toEqual([
      false,
      { href: "https://kopi.example/a" },
    ]);
  });
});
