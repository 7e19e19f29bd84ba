// @ts-check
/** The words chosen but not yet tagged: shown, offered to the tags above them or in the sheet, nudged, and cleared. */

import { snap } from "../lib/snapping.js";
import { nudged } from "../lib/steps.js";
import { article, maybe, text } from "./page.js";
import { rangeOf, select } from "./painter.js";
import { say } from "./words.js";

/** @typedef {import("../lib/text.js").Place} Place */

// Nearer to the bars than this, the tags are shown below the words.
const ROOM_ABOVE = 64;
const MARGIN = 8;
const QUOTE_LENGTH = 90;

/** @type {Place | null} */
let chosen = null;
const popover = maybe("popover");
const sheet = maybe("sheet");

/** Where the tags dock at the foot of the window instead of standing near the words. */
export const docked = matchMedia("(max-width: 760px), (pointer: coarse)");

/** What is chosen now.
 * @returns {Place | null}
 */
export function choice() {
  return chosen;
}

/** What a rough place means: whole words, or with `isExact` whole characters; null when it holds none.
 * @param {Place} place
 * @param {boolean} [isExact]
 */
export function meant(place, isExact = false) {
  return article.within(place, (words, range) => snap(words, range, { isExact }));
}

/** Choose a place. A native selection by finger is left as it is: touching it would take its handles away.
 * @param {Place | null} place
 * @param {{isTouch?: boolean}} [options]
 */
export function choose(place, { isTouch = false } = {}) {
  chosen = place;
  if (place && !isTouch) select(place);
  show(isTouch);
}

/** Nothing is chosen any more. */
export function clear() {
  if (chosen) document.getSelection()?.removeAllRanges();
  chosen = null;
  show(false);
}

/** Move one edge of what is chosen by a word.
 * @param {"start" | "end"} edge
 * @param {1 | -1} step
 */
export function nudge(edge, step) {
  if (chosen) choose(nudged(article, chosen, edge, step));
}

/** @param {boolean} isTouch */
function show(isTouch) {
  const range = chosen && rangeOf(chosen);
  highlightPending(range);
  document.body.classList.toggle("chosen", chosen !== null);
  if (popover) popover.hidden = !range || isTouch;
  if (sheet) sheet.hidden = !range;
  if (!chosen || !range) return;
  dressSheet(chosen, "");
  placePopover(range);
}

/** @param {Place} place
 * @param {string} label the tag it has already
 */
function dressSheet(place, label) {
  const quote = sheet?.querySelector("#sheet-quote");
  if (quote) quote.textContent = say("quote", { quote: shortened(article.slice(place)) });
  for (const button of sheet?.querySelectorAll(".sheet-labels [data-label]") ?? []) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-label") === label));
  }
  for (const part of sheet?.querySelectorAll("[data-open-only]") ?? []) {
    if (part instanceof HTMLElement) part.hidden = label === "";
  }
}

/** On a small screen an open highlight has the sheet for its tools; `null` puts it away.
 * @param {(Place & {label: string}) | null} highlight
 */
export function showOpenInSheet(highlight) {
  if (!sheet || chosen) return;
  sheet.hidden = !highlight || !docked.matches;
  if (highlight) dressSheet(highlight, highlight.label);
}

/** Paint words as chosen where the browser can; the selection shows them anyway.
 * @param {Range | null} range
 */
export function highlightPending(range) {
  if (!("highlights" in CSS)) return;
  if (range) CSS.highlights.set("pending", new Highlight(range));
  else CSS.highlights.delete("pending");
}

/** @param {string} words */
export function shortened(words) {
  const flat = words.replace(/\s+/g, " ");
  return flat.length > QUOTE_LENGTH ? `${flat.slice(0, QUOTE_LENGTH - 1).trimEnd()}…` : flat;
}

/** Put the tags above the first line of the words, or below the last where the bars are too near.
 * @param {Range} range
 */
function placePopover(range) {
  if (!popover?.offsetParent) return;
  const lines = [...range.getClientRects()].filter((line) => line.width > 0);
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return;
  const base = popover.offsetParent.getBoundingClientRect();
  const bars = maybe("legend")?.getBoundingClientRect().bottom ?? 0;
  const isBelow = first.top - popover.offsetHeight - 10 < bars + MARGIN || first.top - bars < ROOM_ABOVE;
  const line = isBelow ? last : first;
  const middle = line.left + line.width / 2;
  const column = text.getBoundingClientRect();
  const most = Math.min(column.right, window.innerWidth - MARGIN) - popover.offsetWidth;
  const left = Math.max(Math.min(middle - popover.offsetWidth / 2, most), Math.max(MARGIN, column.left));
  const top = isBelow ? last.bottom + 12 : first.top - popover.offsetHeight - 12;
  popover.classList.toggle("below", isBelow);
  popover.style.setProperty("left", `${left - base.left}px`);
  popover.style.setProperty("top", `${top - base.top}px`);
  const tip = Math.max(16, Math.min(middle - left - 6, popover.offsetWidth - 28));
  /** @type {HTMLElement | null} */ (popover.querySelector(".arrow"))?.style.setProperty("left", `${tip}px`);
}

window.addEventListener("resize", () => {
  const range = chosen && rangeOf(chosen);
  if (range) placePopover(range);
});
