// @ts-check
/** The reading caret: a place in the text that the arrow keys move and Shift stretches into a choice. */

import { pointIn } from "../lib/selection.js";
import { blockUnits, nextEnd, nextStart, previousStart } from "../lib/steps.js";
import { choice, choose, clear, meant } from "./choice.js";
import { isExact } from "./exact.js";
import { article, blockElementAt, maybe, text } from "./page.js";
import { bars, view } from "./view.js";

/** @typedef {"word" | "sentence" | "block" | "edge"} Unit */

/** @type {number | null} */
let focus = null;
/** @type {number | null} */
let anchor = null;
/** What the keys chose last.
 * @type {import("../lib/text.js").Place | null} */
let chosen = null;
const sign = document.createElement("span");
sign.className = "caret";
sign.setAttribute("aria-hidden", "true");
sign.hidden = true;
document.body.append(sign);

/** Where the caret stands: at first where the reader looks.
 * @returns {number}
 */
export function caret() {
  if (focus !== null) return focus;
  return article.blocks[view().first]?.start ?? 0;
}

/** Put the caret somewhere without showing it: after a click, or a tag.
 * @param {number} offset
 */
export function setCaret(offset) {
  focus = offset;
  anchor = null;
  sign.hidden = true;
}

/** Whether left is forward where the caret stands, or elsewhere.
 * @param {number} [offset]
 * @returns {boolean}
 */
export function isRightToLeft(offset = caret()) {
  const block = blockElementAt(offset);
  return block !== null && getComputedStyle(block).direction === "rtl";
}

/** Move on or back by a unit; with `isStretching` the words passed are chosen.
 * @param {Unit} unit
 * @param {1 | -1} step
 * @param {boolean} isStretching
 */
export function moveCaret(unit, step, isStretching) {
  if (isStretching) takeChoice();
  const from = caret();
  if (!isStretching) {
    clear();
    setCaret(focus === null ? from : target(unit, step, from, false));
  } else {
    anchor ??= from;
    focus = target(unit, step, from, true);
    const [start, end] = [Math.min(anchor, focus), Math.max(anchor, focus)];
    const place = start < end ? { start, end } : null;
    chosen = place && meant(place, isExact());
    choose(chosen, { from: place });
  }
  show(isStretching);
}

/** What the mouse, a handle or a button chose is stretched from its start on; what was let go is stretched no more. */
function takeChoice() {
  const place = choice();
  if (place === chosen) return;
  chosen = place;
  anchor = place?.start ?? null;
  focus = place?.end ?? focus;
}

/** @param {Unit} unit @param {1 | -1} step @param {number} from @param {boolean} isStretching */
function target(unit, step, from, isStretching) {
  if (unit === "edge") {
    const block = article.blockAt(from);
    return step > 0 ? (block?.end ?? from) : (block?.start ?? from);
  }
  const units = { word: undefined, sentence: sentences, block: blockUnits }[unit];
  if (step < 0) return previousStart(article, from, units);
  const isForward = isStretching && anchor !== null && from >= anchor;
  return isForward ? nextEnd(article, from, units) : nextStart(article, from, units);
}

/** @type {import("../lib/steps.js").Units} */
const sentences = (block) => article.sentencesOf(block);

/** Draw the caret, and bring it into view.
 * @param {boolean} isStretching
 */
function show(isStretching) {
  const at = caret();
  const block = blockElementAt(at);
  const point = block && pointIn(block, at, at === article.blockAt(at)?.end ? "end" : "start");
  if (!point) return;
  const range = document.createRange();
  range.setStart(point.node, point.offset);
  if (!isStretching) document.getSelection()?.collapse(point.node, point.offset);
  const line = range.getClientRects()[0] ?? block.getBoundingClientRect();
  sign.hidden = isStretching;
  sign.style.setProperty("left", `${line.left + window.scrollX}px`);
  sign.style.setProperty("top", `${line.top + window.scrollY}px`);
  sign.style.setProperty("height", `${line.height}px`);
  bringIntoView(line);
}

/** Scroll only as far as the bars above and the edge below ask for.
 * @param {{top: number, bottom: number}} line
 */
export function bringIntoView({ top, bottom }) {
  const above = bars() + 24;
  const sheet = maybe("sheet")?.getBoundingClientRect();
  const below = sheet?.height ? sheet.top - 24 : window.innerHeight - 72;
  if (top < above) window.scrollBy({ top: top - above });
  else if (bottom > below) window.scrollBy({ top: bottom - below });
}

text.addEventListener("blur", () => {
  sign.hidden = true;
});
