// @ts-check
/** Dresses the blocks that a long reading sends as text alone, with what the server would have said of each. */

import { codePointLength } from "../lib/offsets.js";
import { elementFrom } from "../lib/paint.js";
import { blockText } from "../lib/selection.js";

/** Line breaks between two blocks, where nothing else is said. reports/bare_blocks.py says the same. */
const GAP = 2;

const GUTTER = elementFrom('<span class="gutter" data-skip aria-hidden="true" dir="ltr"></span>');

/** What each block says of itself. Bare ones are given their id, their place, their sentences and their gutter first.
 * @param {HTMLElement[]} blocks all of the text, in order
 * @returns {import("../lib/text.js").Block[]}
 */
export function told(blocks) {
  let end = -GAP;
  let paragraph = 0;
  return blocks.map((block, index) => {
    const isBare = !block.id;
    const isHeading = block.classList.contains("heading");
    if (!isHeading) paragraph += 1;
    const text = isBare ? block.textContent : blockText(block);
    const start = Number(block.getAttribute("data-start") ?? end + GAP);
    if (isBare) dress(block, index + 1, start, isHeading ? "" : String(paragraph));
    end = start + codePointLength(text);
    return {
      id: block.id,
      start,
      text,
      sentences: (block.getAttribute("data-s") ?? "").split(" ").filter(Boolean).map(Number),
      paragraph: isHeading ? "" : String(paragraph),
    };
  });
}

/** @param {HTMLElement} block
 * @param {number} number of all blocks
 * @param {number} start
 * @param {string} paragraph its number; nothing for a heading
 */
function dress(block, number, start, paragraph) {
  const sentences = (block.getAttribute("data-s") ?? "0").split(" ").map((from) => start + Number(from));
  block.id = `b${number}`;
  block.setAttribute("data-start", String(start));
  block.setAttribute("data-s", sentences.join(" "));
  const gutter = GUTTER.cloneNode();
  if (paragraph) gutter.appendChild(document.createElement("b")).textContent = paragraph;
  block.prepend(gutter);
}
