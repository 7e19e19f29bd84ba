// @ts-check
/** Keeps the text's blocks painted: at once from what this page knows, then from the server's HTML. */

import { morph, paintedBlock } from "../lib/paint.js";
import { offsetAt, rangeFor, selectedPlace } from "../lib/selection.js";
import { article, blockElementAt, blockElements, labels, text } from "./page.js";

/** @typedef {import("../lib/highlights.js").Highlights} Highlights */
/** @typedef {import("../lib/text.js").Place} Place */

/** What else a block wears in this browser, put on after it was painted and before it is shown.
 * @type {((block: HTMLElement) => void)[]}
 */
export const dressers = [];

/** Every block again, when what they wear has changed. */
export function dressAll() {
  for (const block of blockElements()) for (const dress of dressers) dress(block);
}

/** Whether a finger or mouse button is selecting right now: then no block may be touched. */
let isHeld = false;
/** @type {Map<string, () => void>} */
const waiting = new Map();

/** Which highlight's segments are outlined.
 * @type {string | number | undefined}
 */
let outlined;

/** Hold all painting until the reader lets go.
 * @param {boolean} held
 */
export function hold(held) {
  isHeld = held;
  if (held) return;
  const late = [...waiting.values()];
  waiting.clear();
  for (const run of late) run();
}

/** Paint the blocks of these places from the highlights at hand.
 * @param {readonly Place[]} places
 * @param {Highlights} highlights
 */
export function paint(places, highlights) {
  const touched = new Set(places.flatMap((place) => article.blocksIn(place)));
  for (const block of touched) {
    whenFree(block.id, () => {
      const element = document.getElementById(block.id);
      if (element) change(element, paintedBlock(element, block, highlights.touching(block), labels));
    });
  }
}

/** Paint the blocks that came without their marks, which lead to no card until that is near.
 * @param {Highlights} highlights
 */
export function paintBare(highlights) {
  /** @type {Map<import("../lib/text.js").Block & Place, import("../lib/highlights.js").Highlight[]>} */
  const inside = new Map();
  for (const highlight of highlights.all()) {
    for (const block of article.blocksIn(highlight)) {
      const known = inside.get(block);
      if (known) known.push(highlight);
      else inside.set(block, [highlight]);
    }
  }
  const bare = [...inside.keys()].filter(({ id }) => !document.getElementById(id)?.querySelector("mark"));
  // Asked once, and only where it matters: to answer, the browser lays out the page.
  const isChoosing = bare.length > 0 && document.getSelection()?.isCollapsed === false;
  for (const block of bare) {
    const element = document.getElementById(block.id);
    if (!element) continue;
    const fresh = paintedBlock(element, block, inside.get(block) ?? [], labels, false);
    if (isChoosing) change(element, fresh);
    else element.replaceWith(fresh);
  }
}

/** Bring a block to the server's own HTML.
 * @param {HTMLElement} fresh
 */
export function takeBlock(fresh) {
  whenFree(fresh.id, () => {
    const element = document.getElementById(fresh.id);
    if (element) change(element, fresh);
  });
}

/** @param {string} id
 * @param {() => void} run
 */
function whenFree(id, run) {
  if (isHeld) waiting.set(id, run);
  else run();
}

/** Morph one block; a selection in it is put back where it was, should the browser have lost it.
 * @param {HTMLElement} element
 * @param {HTMLElement} fresh
 */
function change(element, fresh) {
  const selection = document.getSelection();
  const isTouched = selection?.anchorNode && selection.containsNode(element, true);
  const place = isTouched ? selectedPlace(text, selection) : null;
  for (const dress of dressers) dress(fresh);
  for (const mark of segmentsIn(fresh)) mark.classList.add("active");
  morph(element, fresh);
  if (!place) return;
  const now = selectedPlace(text, document.getSelection());
  if (now?.start !== place.start || now.end !== place.end) select(place);
}

/** Make `place` the page's selection.
 * @param {Place} place
 */
export function select(place) {
  const range = rangeOf(place);
  if (!range) return;
  document
    .getSelection()
    ?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

/** The page's range for a place.
 * @param {Place} place
 * @returns {Range | null}
 */
export function rangeOf(place) {
  const first = blockElementAt(place.start);
  const last = blockElementAt(Math.max(place.start, place.end - 1));
  return first && last ? rangeFor(first, last, place) : null;
}

/** The place in the text nearest to a pointer, on its own line.
 * @param {{clientX: number, clientY: number}} event
 */
export function offsetNear({ clientX, clientY }) {
  const column = text.getBoundingClientRect();
  return offsetAt(text, Math.max(column.left + 1, Math.min(column.right - 1, clientX)), clientY);
}

/** Outline the segments of one highlight, and of no other.
 * @param {string | number | undefined} number
 */
export function outline(number) {
  outlined = number;
  const wanted = new Set(segmentsIn(text));
  for (const mark of text.querySelectorAll("mark.active")) if (!wanted.has(mark)) mark.classList.remove("active");
  for (const mark of wanted) mark.classList.add("active");
}

/** Those of the outlined highlight.
 * @param {HTMLElement} element
 */
function segmentsIn(element) {
  return outlined === undefined ? [] : [...element.querySelectorAll(`mark[data-h~="${outlined}"]`)];
}
