// Somebody else's website, under the strictest policy that a page can have.

import { createServer, type Server } from "node:http";

const NONCE = "abc";

/** What a site with a policy adds for the widget: the script, here by nonce, and the frame. */
function policy(desk: string): string {
  return (
    `default-src 'none'; script-src 'nonce-${NONCE}' 'strict-dynamic'; style-src 'nonce-${NONCE}'; ` +
    `frame-src ${desk}; connect-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'`
  );
}

export class HostPage {
  #server: Server;
  #html = "";

  private constructor(desk: string) {
    this.#server = createServer((_, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.setHeader("content-security-policy", policy(desk));
      response.end(this.#html);
    });
  }

  static start(desk: string): Promise<HostPage> {
    const page = new HostPage(desk);
    return new Promise((resolve) => page.#server.listen(0, "127.0.0.1", () => resolve(page)));
  }

  /** Puts the two lines of an inbox into the page; the site's owner adds his nonce. */
  carry(snippet: string): void {
    this.#html = `<!doctype html><html lang="en"><title>A careful shop</title><h1>A careful shop</h1>
      <script nonce="${NONCE}">
        addEventListener("securitypolicyviolation", (e) => (window.broken ??= []).push(e.violatedDirective));
      </script>
      ${snippet.replace("<script ", `<script nonce="${NONCE}" `)}`;
  }

  get url(): string {
    const address = this.#server.address();
    if (typeof address !== "object" || address === null) throw new Error("not listening");
    return `http://127.0.0.1:${address.port}`;
  }

  close(): void {
    this.#server.close();
  }
}
