// @ts-check
/** Shows which words a tag would take, or where a moving edge would go: before anything is saved. */

import { rangeOf } from "./painter.js";

/** @typedef {import("../lib/text.js").Place} Place */

/** @type {HTMLElement[]} */
let boxes = [];

/** Paint a place as pending, and no other; null for none.
 * @param {Place | null} place
 */
export function showPending(place) {
  const range = place && rangeOf(place);
  if ("highlights" in CSS) {
    if (range) CSS.highlights.set("pending", new Highlight(range));
    else CSS.highlights.delete("pending");
    return;
  }
  for (const box of boxes) box.remove();
  boxes = range ? [...range.getClientRects()].filter(({ width }) => width > 0).map(boxOver) : [];
  document.body.append(...boxes);
}

/** Older browsers cannot paint words without an element around them: a box lies over each line instead.
 * @param {DOMRect} line
 */
function boxOver({ left, top, width, height }) {
  const box = document.createElement("span");
  box.className = "pending-box";
  box.setAttribute("aria-hidden", "true");
  const sizes = { left: left + window.scrollX, top: top + window.scrollY, width, height };
  for (const [name, size] of Object.entries(sizes)) box.style.setProperty(name, `${size}px`);
  return box;
}
