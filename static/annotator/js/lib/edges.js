// @ts-check
/** Where a dragged edge was meant to go. */

import { snap } from "./snapping.js";

/** @typedef {import("./text.js").ArticleText} ArticleText */
/** @typedef {import("./text.js").Place} Place */

/** `place` with one edge at the word under `offset`, or at the character with `isExact`. The other edge stays as it is
 * and is never passed; where there are no words the place stays whole.
 * @param {ArticleText} text
 * @param {Place} place
 * @param {"start" | "end"} edge
 * @param {number} offset
 * @param {{isExact?: boolean}} [options]
 * @returns {Place}
 */
export function edgeTo(text, place, edge, offset, { isExact = false } = {}) {
  const { start, end } = place;
  const rough =
    edge === "start" ? { start: Math.min(offset, end - 1), end } : { start, end: Math.max(offset, start + 1) };
  const found = text.within(rough, (words, range) => snap(words, range, { isExact }));
  if (!found) return place;
  const moved = { ...place, [edge]: found[edge] };
  return moved.start < moved.end && text.slice(moved).trim() !== "" ? moved : place;
}
