// @ts-check
/** Which highlight is open: its card shows its tools, its words are outlined. */

import { shortestFirst } from "../lib/segments.js";
import { cardOf, hideTools, showTools } from "./cards.js";
import { bringIntoView } from "./caret.js";
import { docked, showOpenInSheet } from "./choice.js";
import { fillReporters } from "./detail_fields.js";
import { showLinks } from "./details.js";
import { bringOne, isMany } from "./far_cards.js";
import { isShown, noticeOpened, showPlace } from "./filters.js";
import { keepFocus } from "./focus.js";
import { layOut } from "./margin.js";
import { tellOpened } from "./opened_words.js";
import { sameOne, showHere } from "./overlap_list.js";
import { maybe } from "./page.js";
import { outline, rangeOf } from "./painter.js";
import { afterClick, settle } from "./view.js";

/** @typedef {import("./editor.js").Editor} Editor */
/** @typedef {import("../lib/highlights.js").Highlight} Highlight */
/** `showsWords` brings the words into view, else the card; `stays` keeps a small screen where it is, `isClick` every
 * screen for as long as a second click may follow; `writes` goes into the note.
 * @typedef {{showsWords?: boolean, stays?: boolean, isClick?: boolean, writes?: boolean}} Options */

/** One per page. */
export class Opened {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    /** @type {string | undefined} */
    this.uuid = undefined;
    /** Those at the place that was clicked; null where the open one itself was asked for.
     * @type {string[] | null} */
    this.picked = null;
  }

  /** The open highlight, if it still stands. */
  get highlight() {
    return this.editor.highlights.get(this.uuid);
  }

  /** Those to choose from, shortest first: at the place that was clicked, or else over the open one.
   * @returns {readonly Highlight[]}
   */
  get here() {
    const { highlights } = this.editor;
    const highlight = this.highlight;
    if (!highlight) return [];
    if (this.picked) return this.picked.map((uuid) => highlights.get(uuid)).filter((each) => each !== undefined);
    return highlights.touching(highlight).sort(shortestFirst);
  }

  /** Open a highlight, or none.
   * @param {string | undefined} uuid
   * @param {Options} [options]
   */
  open(uuid, options = {}) {
    keepFocus(() => this.#open(uuid, options), sameOne());
  }

  /** @param {string | undefined} uuid @param {Options} options */
  #open(uuid, { showsWords = false, stays = false, isClick = false, writes = false }) {
    if (uuid !== this.uuid) this.#leave();
    this.uuid = uuid;
    if (!uuid || !this.picked?.includes(uuid)) this.picked = null;
    const highlight = this.highlight;
    if (highlight) noticeOpened(highlight);
    const card = highlight ? cardOf(highlight.uuid) : null;
    outline(highlight?.number);
    showLinks(uuid);
    showPlace();
    if (highlight && card) {
      if (isMany) bringOne(card);
      card.classList.add("active");
      if (this.editor.isWritable && !card.querySelector("[data-card-tools]")) showTools(card, highlight);
      if (showsWords) this.#showWords();
      else if (!stays || !docked.matches) this.#showCard(isClick);
      if (writes) card.querySelector("textarea")?.focus();
    }
    showHere(this.here, this.uuid);
    if (this.editor.isWritable) showOpenInSheet(stays ? (highlight ?? null) : null);
    layOut();
  }

  close() {
    this.open(undefined);
  }

  /** A click on words under several highlights opens the shortest, another click the next.
   * @param {readonly string[]} numbers shortest first
   * @param {{isClick?: boolean}} [options] whether it was one, or a key
   */
  cycle(numbers, { isClick = false } = {}) {
    const here = numbers.map((number) => this.editor.highlights.numbered(number)).filter((each) => each !== undefined);
    const place = here.findIndex(({ uuid }) => uuid === this.uuid);
    this.picked = here.map(({ uuid }) => uuid);
    this.open(here[(place + 1) % Math.max(1, here.length)]?.uuid, { stays: true, isClick });
    this.#tell();
  }

  /** Open one from the list of those that lie over each other.
   * @param {string} uuid
   */
  pick(uuid) {
    this.open(uuid, { stays: true });
    this.#tell();
  }

  /** Open the next or previous highlight of the text.
   * @param {1 | -1} step
   * @param {number} from where to look from when none is open
   */
  step(step, from) {
    const all = this.editor.highlights.all().filter(isShown);
    const place = all.findIndex(({ uuid }) => uuid === this.uuid);
    const next = place < 0 ? nearest(all, step, from) : all[place + step];
    if (next) this.open(next.uuid, { showsWords: true });
    if (next) this.#tell();
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
    const tools = card?.querySelector("[data-card-tools]");
    if (tools && this.highlight) fillReporters(tools, this.highlight);
    outline(this.highlight?.number);
    showLinks(this.uuid);
    showHere(this.here, this.uuid);
    if (!maybe("sheet")?.hidden) showOpenInSheet(this.highlight ?? null);
  }

  #tell() {
    if (this.highlight) tellOpened(this.highlight, this.here.length);
  }

  #leave() {
    const card = this.uuid === undefined ? null : cardOf(this.uuid);
    // What is being typed there is saved by leaving the field.
    const field = document.activeElement;
    if (card?.contains(field) && (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) {
      field.blur();
    }
    hideTools(card);
    card?.classList.remove("active");
  }

  /** @param {boolean} isClick */
  #showCard(isClick) {
    const show = () => (this.uuid ? cardOf(this.uuid)?.scrollIntoView({ block: "nearest" }) : undefined);
    if (isClick) afterClick(show);
    else show();
  }

  #showWords() {
    const line = () => (this.highlight ? rangeOf(this.highlight)?.getClientRects()[0] : undefined);
    settle(
      () => line()?.top,
      () => {
        const found = line();
        if (found) bringIntoView(found);
      },
    );
  }
}

/** @template {{start: number}} T @param {readonly T[]} all @param {1 | -1} step @param {number} from */
function nearest(all, step, from) {
  return step > 0 ? all.find(({ start }) => start >= from) : all.findLast(({ start }) => start < from);
}
