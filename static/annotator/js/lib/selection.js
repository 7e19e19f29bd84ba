// @ts-check
/** Between places in the text (code points) and points in the page (nodes with UTF-16 offsets). */

import { toCodePoints, toUtf16 } from "./offsets.js";

/** @typedef {{start: number, end: number}} Place */

/** The block element around a node.
 * @param {Node | null} node
 * @returns {HTMLElement | null}
 */
export function blockOf(node) {
  const element = node instanceof Element ? node : node?.parentElement;
  return /** @type {HTMLElement | null} */ (element?.closest("[data-start].block") ?? null);
}

/** The text nodes of a block that count: not those of gutters and hidden words.
 * @param {Node} block
 * @returns {Generator<Text>}
 */
export function* textNodes(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && node.hasAttribute("data-skip") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text) yield node;
  }
}

/** A block's own text.
 * @param {Node} block
 */
export function blockText(block) {
  let text = "";
  for (const node of textNodes(block)) text += node.data;
  return text;
}

/** Where a block begins, in code points.
 * @param {HTMLElement} block
 */
export function blockStart(block) {
  return Number(block.dataset.start);
}

/** The place of a point in the page, kept within the text: a point outside of it counts as its nearest block's edge.
 * @param {HTMLElement} root
 * @param {Node} node
 * @param {number} offset
 * @returns {number | null} null where the text has no block
 */
export function offsetOf(root, node, offset) {
  const point = document.createRange();
  point.setStart(node, offset);
  point.collapse(true);
  const block = root.contains(node) ? blockOf(node) : null;
  if (block) return blockStart(block) + offsetInBlock(block, point);
  return nearestEdge(root, point);
}

/** Code points of the block before a point in it.
 * @param {HTMLElement} block
 * @param {Range} point
 */
function offsetInBlock(block, point) {
  let before = "";
  for (const node of textNodes(block)) {
    const place = point.comparePoint(node, 0);
    if (node === point.startContainer) return toCodePoints(before + node.data, before.length + point.startOffset);
    if (place > 0) break;
    before += node.data;
  }
  return toCodePoints(before, before.length);
}

/** The end of the last block before a point that stands in none, or the start of the text.
 * @param {HTMLElement} root
 * @param {Range} point
 */
function nearestEdge(root, point) {
  let found = null;
  for (const block of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".block"))) {
    const isBefore = point.comparePoint(block, 0) < 0;
    if (!isBefore) return found ?? blockStart(block);
    const text = blockText(block);
    found = blockStart(block) + toCodePoints(text, text.length);
  }
  return found;
}

/** The place that the page's selection covers, or null where none of it is text.
 * @param {HTMLElement} root
 * @param {Selection | null} selection
 * @returns {Place | null}
 */
export function selectedPlace(root, selection) {
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(root)) return null;
  const start = offsetOf(root, range.startContainer, range.startOffset);
  const end = offsetOf(root, range.endContainer, range.endOffset);
  return start === null || end === null || start >= end ? null : { start, end };
}

/** The point in the page for an offset. A start belongs to the node that follows, an end to the one before, so that a
 * range never begins at the tail of a segment.
 * @param {HTMLElement} block
 * @param {number} offset in the whole text
 * @param {"start" | "end"} side
 * @returns {{node: Text, offset: number} | null}
 */
export function pointIn(block, offset, side) {
  const index = toUtf16(blockText(block), offset - blockStart(block));
  let before = 0;
  let last = null;
  for (const node of textNodes(block)) {
    last = { node, offset: node.data.length };
    const isHere = side === "start" ? index < before + node.data.length : index <= before + node.data.length;
    if (isHere) return { node, offset: index - before };
    before += node.data.length;
  }
  return last;
}

/** The page's range for a place.
 * @param {HTMLElement} first the block of its start
 * @param {HTMLElement} last the block of its end
 * @param {Place} place
 * @returns {Range | null}
 */
export function rangeFor(first, last, place) {
  const start = pointIn(first, place.start, "start");
  const end = pointIn(last, place.end, "end");
  if (!start || !end) return null;
  const range = document.createRange();
  range.setStart(start.node, start.offset);
  range.setEnd(end.node, end.offset);
  return range;
}

/** The place under a point of the window.
 * @param {HTMLElement} root
 * @param {number} x
 * @param {number} y
 * @returns {number | null}
 */
export function offsetAt(root, x, y) {
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret && root.contains(caret.offsetNode) ? offsetOf(root, caret.offsetNode, caret.offset) : null;
  }
  const range = document.caretRangeFromPoint(x, y);
  return range && root.contains(range.startContainer) ? offsetOf(root, range.startContainer, range.startOffset) : null;
}
