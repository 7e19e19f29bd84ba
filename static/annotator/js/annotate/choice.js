// @ts-check
/** The words chosen but not yet tagged: shown, offered to the tags above them or in the sheet, nudged, and cleared. */

import { snap } from "../lib/snapping.js";
import { nudged } from "../lib/steps.js";
import { isExact } from "./exact.js";
import { article, maybe, text } from "./page.js";
import { rangeOf, select } from "./painter.js";
import { showPending } from "./pending.js";
import { say } from "./words.js";

/** @typedef {import("../lib/text.js").Place} Place */

// Nearer to the bars than this, the tags are shown below the words.
const ROOM_ABOVE = 64;
const MARGIN = 8;
// Room for the handles between the words and the sheet.
const SHEET_GAP = 28;
// Between the words and the tags above or below them; the system's handles hang below.
const POPOVER_GAP = 12;
const SYSTEM_GAP = 36;
const QUOTE_LENGTH = 90;

/** @type {Place | null} */
let chosen = null;
/** What it was chosen from, before it was snapped; null where it was not.
 * @type {Place | null} */
let rough = null;
/** Whether the system's own handles stand at it. */
let isBySystem = false;
/** @type {() => void} */
let changed = () => {};
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

/** Be told whenever something else, or nothing, is chosen.
 * @param {() => void} listener
 */
export function followChoice(listener) {
  changed = listener;
}

/** Whether what is chosen shows the system's own handles.
 * @returns {boolean}
 */
export function hasOwnHandles() {
  return chosen !== null && isBySystem;
}

/** What a rough place means: whole words, or with `isByLetter` whole characters; null when it holds none.
 * @param {Place} place
 * @param {boolean} [isByLetter]
 */
export function meant(place, isByLetter = false) {
  return article.within(place, (words, range) => snap(words, range, { isExact: isByLetter }));
}

/** Choose a place. A native selection by finger is left as it is: touching it would take its handles away.
 * @param {Place | null} place
 * @param {{isTouch?: boolean, from?: Place | null}} [options] `from`: what it was snapped from
 */
export function choose(place, { isTouch = false, from = null } = {}) {
  chosen = place;
  rough = from;
  isBySystem = isTouch;
  if (place && !isTouch) select(place);
  show();
  changed();
}

/** The switch for exact letters was pressed: what is chosen follows it. */
export function chooseAgain() {
  const place = chosen && rough ? meant(rough, isExact()) : null;
  if (place) choose(place, { from: rough, isTouch: isBySystem });
}

/** Nothing is chosen any more. */
export function clear() {
  if (chosen) document.getSelection()?.removeAllRanges();
  chosen = null;
  rough = null;
  isBySystem = false;
  show();
  changed();
}

/** Move one edge of what is chosen by a word; by a character while letters count.
 * @param {"start" | "end"} edge
 * @param {1 | -1} step
 */
export function nudge(edge, step) {
  if (chosen) choose(nudged(article, chosen, edge, step, isExact()));
}

function show() {
  const range = chosen && rangeOf(chosen);
  showPending(chosen);
  document.body.classList.toggle("chosen", chosen !== null);
  if (popover) popover.hidden = !range;
  if (sheet) sheet.hidden = !range;
  if (!chosen || !range) return;
  dressSheet(chosen, "");
  placePopover(range);
  if (docked.matches) keepInSight(chosen);
}

/** The sheet never covers the words it is about: the text moves up, as far as their first line allows.
 * @param {Place} place
 */
function keepInSight(place) {
  if (!sheet || sheet.hidden) return;
  const lines = [...(rangeOf(place)?.getClientRects() ?? [])].filter((line) => line.width > 0);
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return;
  const above = (maybe("legend")?.getBoundingClientRect().bottom ?? 0) + MARGIN;
  const by = Math.min(last.bottom + SHEET_GAP - sheet.getBoundingClientRect().top, first.top - above);
  if (by > 0) window.scrollBy({ top: by });
  else if (first.top < above && last.bottom < above) window.scrollBy({ top: first.top - above });
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
  if (!highlight) return;
  dressSheet(highlight, highlight.label);
  if (!sheet.hidden) keepInSight(highlight);
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
  // Above words chosen by finger stands the system's own menu.
  const isBelow = isBySystem || first.top - popover.offsetHeight - 10 < bars + MARGIN || first.top - bars < ROOM_ABOVE;
  const line = isBelow ? last : first;
  const middle = line.left + line.width / 2;
  const column = text.getBoundingClientRect();
  const most = Math.min(column.right, window.innerWidth - MARGIN) - popover.offsetWidth;
  const left = Math.max(Math.min(middle - popover.offsetWidth / 2, most), Math.max(MARGIN, column.left));
  const top = isBelow
    ? last.bottom + (isBySystem ? SYSTEM_GAP : POPOVER_GAP)
    : first.top - popover.offsetHeight - POPOVER_GAP;
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
