// @ts-check
/** Which highlight is open: its card shows its tools, its words are outlined. */

import { cardOf, hideTools, showTools } from "./cards.js";
import { bringIntoView } from "./caret.js";
import { docked, showOpenInSheet } from "./choice.js";
import { layOut } from "./margin.js";
import { maybe } from "./page.js";
import { outline, rangeOf } from "./painter.js";

/** @typedef {import("./editor.js").Editor} Editor */

/** One per page. */
export class Opened {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    /** @type {string | undefined} */
    this.uuid = undefined;
  }

  /** The open highlight, if it still stands. */
  get highlight() {
    return this.editor.highlights.get(this.uuid);
  }

  /** Open a highlight, or none.
   * @param {string | undefined} uuid
   * @param {{showsWords?: boolean, stays?: boolean, writes?: boolean}} [options] `showsWords` brings the
   *   words into view, else the card; `stays` keeps a small screen where it is; `writes` goes into the note
   */
  open(uuid, { showsWords = false, stays = false, writes = false } = {}) {
    if (uuid !== this.uuid) this.#leave();
    this.uuid = uuid;
    const highlight = this.highlight;
    const card = highlight ? cardOf(highlight.uuid) : null;
    outline(highlight?.number);
    if (highlight && card) {
      card.classList.add("active");
      if (this.editor.isWritable && !card.querySelector("[data-card-tools]")) showTools(card, highlight);
      if (showsWords) this.#showWords();
      else if (!stays || !docked.matches) card.scrollIntoView({ block: "nearest" });
      if (writes) card.querySelector("textarea")?.focus();
    }
    if (this.editor.isWritable) showOpenInSheet(stays ? (highlight ?? null) : null);
    layOut();
  }

  close() {
    this.open(undefined);
  }

  /** A click on words under several highlights opens the shortest, another click the next.
   * @param {readonly string[]} numbers shortest first
   */
  cycle(numbers) {
    const here = numbers.map((number) => this.editor.highlights.numbered(number)).filter((each) => each !== undefined);
    const place = here.findIndex(({ uuid }) => uuid === this.uuid);
    this.open(here[(place + 1) % Math.max(1, here.length)]?.uuid, { stays: true });
  }

  /** Open the next or previous highlight of the text.
   * @param {1 | -1} step
   * @param {number} from where to look from when none is open
   */
  step(step, from) {
    const all = this.editor.highlights.all();
    const place = all.findIndex(({ uuid }) => uuid === this.uuid);
    const next = place < 0 ? nearest(all, step, from) : all[place + step];
    if (next) this.open(next.uuid, { showsWords: true });
    return next;
  }

  /** Outline and tools again, after the page was painted anew. */
  renew() {
    if (this.uuid === undefined) return;
    if (!this.highlight) {
      this.#leave();
      this.uuid = undefined;
    }
    const card = this.highlight ? cardOf(this.highlight.uuid) : null;
    card?.classList.add("active");
    outline(this.highlight?.number);
    if (!maybe("sheet")?.hidden) showOpenInSheet(this.highlight ?? null);
  }

  #leave() {
    const card = this.uuid === undefined ? null : cardOf(this.uuid);
    // What is being typed there is saved by leaving the field.
    if (card?.contains(document.activeElement) && document.activeElement instanceof HTMLTextAreaElement) {
      document.activeElement.blur();
    }
    hideTools(card);
    card?.classList.remove("active");
  }

  #showWords() {
    const line = this.highlight && rangeOf(this.highlight)?.getClientRects()[0];
    if (line) bringIntoView(line);
  }
}

/** @template {{start: number}} T @param {readonly T[]} all @param {1 | -1} step @param {number} from */
function nearest(all, step, from) {
  return step > 0 ? all.find(({ start }) => start >= from) : all.findLast(({ start }) => start < from);
}
