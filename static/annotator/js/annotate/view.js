// @ts-check
/** Where the reader looks: which blocks stand in the window, found in a few steps however long the text is. */

import { article, maybe, text } from "./page.js";

/** @typedef {{first: number, last: number}} View the first and last block in the window, by their place in the text */

// A block that only just shows under the bars is not the one being read.
const BEGINS = 40;
// Something stands still when it did so for this many frames; after so many, it has to do.
const STILL = 5;
const MOST = 60;
// So long at most lies between the two clicks of one, as systems have it.
const DOUBLE_CLICK = 500;
/** @type {((view: View) => void)[]} */
const listeners = [];
let isAsked = false;
// Each wish to see something takes the place of the one before.
let turn = 0;

/** The lower edge of what sticks to the top of the window. */
export function bars() {
  return maybe("legend")?.getBoundingClientRect().bottom ?? 0;
}

/** What stands in the window now. Asks chunks before their blocks: an unpainted chunk's blocks have no place yet, and to
 * ask for one would lay it out.
 * @returns {View}
 */
export function view() {
  const first = blockAt(bars() + BEGINS);
  return { first, last: Math.max(first, blockAt(window.innerHeight - 1)) };
}

/** The first block that reaches below a line of the window.
 * @param {number} y
 */
function blockAt(y) {
  const parts = text.children;
  const at = firstBelow(parts, y);
  const part = parts[at];
  if (!part?.classList.contains("chunk")) return at;
  const inside = Math.min(firstBelow(part.children, y), part.children.length - 1);
  return at * (parts[0]?.children.length ?? 1) + inside;
}

/** @param {HTMLCollection} parts one below the other
 * @param {number} y
 */
function firstBelow(parts, y) {
  let low = 0;
  let high = Math.max(0, parts.length - 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.getBoundingClientRect().bottom ?? 0) > y) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The number of the last paragraph that begins at or before a block; at first the first.
 * @param {number} index
 */
export function paragraphAt(index) {
  for (let at = Math.min(index, article.blocks.length - 1); at >= 0; at -= 1) {
    const number = Number(article.blocks[at]?.paragraph);
    if (number) return number;
  }
  return 1;
}

/** Hear where the reader looks: in the next frame, and once a frame while the page moves.
 * @param {(view: View) => void} listener
 */
export function followView(listener) {
  listeners.push(listener);
  lookAgain();
}

/** Look again in the next frame. */
export function lookAgain() {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    const seen = view();
    for (const listener of listeners) listener(seen);
  });
}

document.addEventListener("scroll", lookAgain, { passive: true });
window.addEventListener("resize", lookAgain);

/** Bring something into view, and again in the next frames until it stands still: an unpainted chunk finds its height
 * only as it comes into view, and moves what stands below it. Whoever scrolls or presses anything meanwhile goes first.
 * @param {() => number | undefined} place where it stands in the window, or nothing when it is gone
 * @param {() => void} bring
 */
export function settle(place, bring) {
  turn += 1;
  const mine = turn;
  let still = 0;
  let frames = 0;
  let last = Number.NaN;
  const step = () => {
    if (mine !== turn) return;
    bring();
    const now = place();
    if (now === undefined) return;
    still = Math.abs(now - last) < 1 ? still + 1 : 0;
    last = now;
    frames += 1;
    if (still < STILL && frames < MOST) requestAnimationFrame(step);
  };
  step();
}

/** Do something that moves the page, once it is sure that no second click belongs to the first: where it was, another
 * word would stand. Whoever scrolls or presses anything meanwhile goes first.
 * @param {() => void} act
 */
export function afterClick(act) {
  turn += 1;
  const mine = turn;
  setTimeout(() => mine === turn && act(), DOUBLE_CLICK);
}

for (const name of ["wheel", "touchstart", "keydown", "pointerdown"]) {
  document.addEventListener(name, () => (turn += 1), { capture: true, passive: true });
}

/** Bring a block to the top of what is read.
 * @param {number} index
 */
export function goToBlock(index) {
  const block = article.blocks[index];
  const find = () => (block ? document.getElementById(block.id) : null);
  settle(
    () => find()?.getBoundingClientRect().top,
    () => find()?.scrollIntoView({ block: "start" }),
  );
}
