// A link or an offer of the team: picture, words, price, where it leads, and a button that opens it in a new tab.
// Must stay true: words from outside are text nodes with their own direction; only websites are opened, and the page
// that opens knows nothing of this one.

import type { Card as CardOf, EntryId, StoredFile } from "@sapa/protocol";
import { readableHost } from "@sapa/protocol/host";
import { createVisitorExtras } from "@sapa/protocol/visitorExtras";
import { Component, h } from "preact";
import type { Chat } from "../chat";
import { w } from "../words";

interface Props {
  chat: Chat;
  id: EntryId;
  card: CardOf;
  files: readonly StoredFile[];
}

export class Card extends Component<Props, { address: string | null }> {
  override state = { address: null };

  #api = createVisitorExtras({
    authorization: () => this.props.chat.token && `Bearer ${this.props.chat.token}`,
  });

  override componentDidMount() {
    void this.#load();
  }

  override componentDidUpdate() {
    void this.#load();
  }

  async #load() {
    const { chat, card, files } = this.props;
    const file = files.find(({ id }) => id === card.picture);
    if (this.state.address || file?.preview !== "ready") return;
    // Without its picture it still says what it has to say.
    const address = await chat
      .files()
      .then((all) => all.picture(file))
      .catch(() => null);
    if (address) this.setState({ address });
  }

  /** Once is enough, and what does not arrive is told the next time. */
  #tell = () => void this.#api.click(this.props.id).catch(() => undefined);

  override render({ card }: Props, { address }: { address: string | null }) {
    const { url, title, text, price } = card;
    return (
      <div class="offer">
        {address && <img src={address} alt="" />}
        <b dir="auto">{title}</b>
        {text && <span dir="auto">{text}</span>}
        {price && <b dir="auto">{price}</b>}
        {/^https?:/i.test(url) && <bdi class="host">{readableHost(new URL(url).host)}</bdi>}
        {/^https?:/i.test(url) && (
          <a
            class="open"
            href={url}
            target="_blank"
            rel="noopener noreferrer nofollow"
            aria-label={w("open_card", { title })}
            onClick={this.#tell}
            onAuxClick={({ button }) => button === 1 && this.#tell()}
          >
            {w("open")}
          </a>
        )}
      </div>
    );
  }
}
