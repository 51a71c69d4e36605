// Loads pieces of pages: one request in flight, the newest wish wins, what came is remembered.

const REMEMBERED_MAX = 60;

export class Latest {
  #remembered = new Map();
  #wanted = null;
  #running = false;

  /**
   * @param fetched called with an address, promises the piece that is there
   * @param show called with the piece and its address, also for one that was overtaken
   * @param failed called when the newest wish could not be had
   */
  constructor(fetched, show, failed) {
    this.fetched = fetched;
    this.show = show;
    this.failed = failed;
  }

  /** What is on the page already. */
  remember(address, piece) {
    this.#remembered.delete(address);
    this.#remembered.set(address, piece);
    if (this.#remembered.size > REMEMBERED_MAX) {
      this.#remembered.delete(this.#remembered.keys().next().value);
    }
  }

  want(address) {
    const known = this.#remembered.get(address);
    if (known) {
      this.#wanted = null;
      this.remember(address, known);
      this.show(known, address);
      return;
    }
    this.#wanted = address;
    if (!this.#running) {
      this.#run();
    }
  }

  async #run() {
    this.#running = true;
    while (this.#wanted) {
      const address = this.#wanted;
      try {
        const piece = await this.fetched(address);
        this.remember(address, piece);
        if (this.#wanted) {
          this.show(piece, address);
        }
      } catch {
        if (this.#wanted === address) {
          this.failed(address);
        }
      }
      if (this.#wanted === address) {
        this.#wanted = null;
      }
    }
    this.#running = false;
  }
}

/** That piece of the page at that address. */
export async function load(address, selector) {
  const answer = await fetch(address, {headers: {Accept: 'text/html'}});
  if (!answer.ok) {
    throw new Error(`${address} was answered with ${answer.status}`);
  }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const piece = page.querySelector(selector);
  if (!piece) {
    throw new Error(`${address} has no ${selector}`);
  }
  return document.adoptNode(piece);
}
