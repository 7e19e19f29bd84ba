// @ts-check
/** Where a rough selection was meant to begin and end. All positions here are UTF-16 indexes into one string. */

import { segmenter, wordEnd, wordStart } from "./words.js";

/** @typedef {import("./words.js").Range} Range */

// What a selection never begins or ends with: it belongs to the words outside.
const SPACE = /\s/u;
const TRAILING = /[\s,;:–—(]/u;
const LEADING = /[\s,;:–—)]/u;
const FULL_STOP = /[.!?…]/u;

/** Grow both ends so that no character, as a reader counts them, is cut.
 * @param {string} text
 * @param {Range} range
 * @returns {Range}
 */
function wholeCharacters(text, { start, end }) {
  const pieces = segmenter("grapheme").segment(text);
  const first = pieces.containing(start);
  const last = pieces.containing(end);
  return {
    start: first ? first.index : start,
    end: last && last.index < end ? last.index + last.segment.length : end,
  };
}

/** Whether the character at `index` does not belong to the words that follow it.
 * @param {string} text
 * @param {number} index
 */
function isLeading(text, index) {
  const character = text.charAt(index);
  return LEADING.test(character) || (FULL_STOP.test(character) && SPACE.test(text.charAt(index + 1)));
}

/** Without edge space and the punctuation that belongs outside; quotation marks and a final full stop stay.
 * @param {string} text
 * @param {Range} range
 * @returns {Range}
 */
function stripped(text, { start, end }) {
  let first = start;
  let last = end;
  while (first < last && isLeading(text, first)) first += 1;
  while (first < last && TRAILING.test(text.charAt(last - 1))) last -= 1;
  return { start: first, end: last };
}

/** What was meant by a rough selection of `text`, or null when it holds no words.
 * @param {string} text
 * @param {Range} range
 * @param {{isExact?: boolean}} [options] `isExact` only keeps characters whole
 * @returns {Range | null}
 */
export function snap(text, range, { isExact = false } = {}) {
  if (range.start >= range.end) return null;
  const whole = wholeCharacters(text, range);
  const grown = { start: wordStart(text, whole.start), end: wordEnd(text, whole.end) };
  const found = isExact ? whole : stripped(text, grown);
  return text.slice(found.start, found.end).trim() === "" ? null : found;
}

/** The next place between two characters, as a reader counts them.
 * @param {string} text
 * @param {number} at
 * @param {1 | -1} step
 */
export function nextGrapheme(text, at, step) {
  const piece = segmenter("grapheme")
    .segment(text)
    .containing(step > 0 ? at : at - 1);
  if (!piece) return at;
  return step > 0 ? piece.index + piece.segment.length : piece.index;
}
