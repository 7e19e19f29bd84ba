// @ts-check
/** Choosing by taps instead of a drag: the first word, then the last one; or a whole sentence at once. */

import { wordsOf } from "../lib/steps.js";
import { choice, clear } from "./choice.js";
import { article, maybe } from "./page.js";
import { announce, say } from "./words.js";

/** @typedef {import("../lib/text.js").Place} Place */

let way = "hold";
/** The word that was tapped first, while the last one is waited for.
 * @type {Place | null} */
let first = null;

/** Follow the switch at the foot. */
export function followWays() {
  const ways = maybe("ways");
  if (!ways) return;
  ways.hidden = false;
  ways.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    way = event.target.value;
    clear();
    announce(say(`way-${way}`));
  });
}

/** Whether taps choose.
 * @returns {boolean}
 */
export function isByTap() {
  return way !== "hold";
}

/** What a tap at an offset chooses; null where it chooses nothing.
 * @param {number | null} at
 * @returns {Place | null}
 */
export function tappedPlace(at) {
  if (at === null || !isByTap()) return null;
  if (way === "sentences") return article.sentenceAt(at);
  const word = wordNear(at);
  if (!word) return null;
  const begun = choice() ? first : null;
  first = begun ? null : word;
  showNext(!begun);
  return begun ? { start: Math.min(begun.start, word.start), end: Math.max(begun.end, word.end) } : word;
}

/** The sheet asks for the last word while it is waited for.
 * @param {boolean} isWaiting
 */
function showNext(isWaiting) {
  const line = maybe("sheet-next");
  if (line) line.hidden = !isWaiting;
  if (isWaiting) announce(say("tap-last"));
}

/** The line goes with the choice. */
export function leaveTap() {
  if (choice() && first) return;
  first = null;
  const line = maybe("sheet-next");
  if (line) line.hidden = true;
}

/** The word at an offset, or the nearest of its block: fingers are wide.
 * @param {number} at
 */
function wordNear(at) {
  const block = article.blockAt(at);
  const far = (/** @type {Place} */ { start, end }) => Math.max(0, start - at, at - end + 1);
  return block
    ? wordsOf(block).reduce(
        (best, word) => (best && far(best) <= far(word) ? best : word),
        /** @type {Place | null} */ (null),
      )
    : null;
}
