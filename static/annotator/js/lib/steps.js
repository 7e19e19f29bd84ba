// @ts-check
/** Steps through a text by word, sentence, block and character: for the reading caret and for moving edges. */

import { rangesToCodePoints } from "./offsets.js";
import { nextGrapheme } from "./snapping.js";
import { words } from "./words.js";

/** @typedef {import("./text.js").ArticleText} ArticleText */
/** @typedef {import("./text.js").Place} Place */
/** @typedef {ArticleText["blocks"][number]} PlacedBlock */
/** @typedef {(block: PlacedBlock) => Place[]} Units */

/** @type {WeakMap<object, Place[]>} */
const known = new WeakMap();

/** The words of a block in code points of the whole text; found once per block.
 * @param {PlacedBlock} block
 * @returns {Place[]}
 */
export function wordsOf(block) {
  const found =
    known.get(block) ??
    rangesToCodePoints(block.text, words(block.text)).map(({ start, end }) => ({
      start: block.start + start,
      end: block.start + end,
    }));
  known.set(block, found);
  return found;
}

/** The nearest unit after `offset` that `fits`, or undefined at the end of the text.
 * @param {ArticleText} text
 * @param {number} offset
 * @param {Units} units
 * @param {(unit: Place) => boolean} fits
 */
function after(text, offset, units, fits) {
  for (let index = text.indexAt(offset); index < text.blocks.length; index += 1) {
    const found = units(/** @type {PlacedBlock} */ (text.blocks[index])).find(fits);
    if (found) return found;
  }
  return undefined;
}

/** The nearest unit before `offset` that `fits`.
 * @param {ArticleText} text
 * @param {number} offset
 * @param {Units} units
 * @param {(unit: Place) => boolean} fits
 */
function before(text, offset, units, fits) {
  for (let index = text.indexAt(offset); index >= 0; index -= 1) {
    const found = units(/** @type {PlacedBlock} */ (text.blocks[index])).findLast(fits);
    if (found) return found;
  }
  return undefined;
}

/** Where the next unit begins, or `offset` itself when there is none.
 * @param {ArticleText} text @param {number} offset @param {Units} [units]
 */
export function nextStart(text, offset, units = wordsOf) {
  return after(text, offset, units, ({ start }) => start > offset)?.start ?? offset;
}

/** @param {ArticleText} text @param {number} offset @param {Units} [units] */
export function previousStart(text, offset, units = wordsOf) {
  return before(text, offset, units, ({ start }) => start < offset)?.start ?? offset;
}

/** @param {ArticleText} text @param {number} offset @param {Units} [units] */
export function nextEnd(text, offset, units = wordsOf) {
  return after(text, offset, units, ({ end }) => end > offset)?.end ?? offset;
}

/** @param {ArticleText} text @param {number} offset @param {Units} [units] */
export function previousEnd(text, offset, units = wordsOf) {
  return before(text, offset, units, ({ end }) => end < offset)?.end ?? offset;
}

/** A whole block as a unit.
 * @type {Units}
 */
export const blockUnits = (block) => [{ start: block.start, end: block.end }];

/** `place` with one edge a step further out or in; the same where there is no room.
 * @param {ArticleText} text
 * @param {Place} place
 * @param {"start" | "end"} edge
 * @param {1 | -1} step
 * @param {boolean} [byCharacter]
 * @returns {Place}
 */
export function nudged(text, place, edge, step, byCharacter = false) {
  const from = place[edge];
  const to = byCharacter ? characterStep(text, from, step) : wordStep(text, from, edge, step);
  const found = { ...place, [edge]: to };
  return found.start < found.end && text.slice(found).trim() !== "" ? found : place;
}

/** @param {ArticleText} text @param {number} from @param {"start" | "end"} edge @param {1 | -1} step */
function wordStep(text, from, edge, step) {
  if (edge === "start") return step > 0 ? nextStart(text, from) : previousStart(text, from);
  return step > 0 ? nextEnd(text, from) : previousEnd(text, from);
}

/** @param {ArticleText} text @param {number} from @param {1 | -1} step */
function characterStep(text, from, step) {
  const around = {
    start: Math.max(0, step < 0 ? from - 1 : from),
    end: Math.min(text.end, step < 0 ? from : from + 1),
  };
  const moved = text.within(around, (words, range) => {
    const at = nextGrapheme(words, step > 0 ? range.start : range.end, step);
    return { start: at, end: at };
  });
  return moved?.start ?? from;
}
