// @ts-check
/** Painting highlights into a block exactly as the server does, and bringing a block to new HTML without a jolt. */

import { codePointSlice } from "./offsets.js";
import { labelCss, markCss, segments } from "./segments.js";

/** @typedef {import("./segments.js").Placed} Placed */
/** @typedef {import("./segments.js").Label} Label */

/** A block with `spans` painted in, as a new element beside the old one.
 * @param {HTMLElement} block
 * @param {{start: number, end: number, text: string}} place
 * @param {readonly Placed[]} spans
 * @param {ReadonlyMap<string, Label>} labels
 * @param {boolean} [leads] whether its marks lead to their cards
 * @returns {HTMLElement}
 */
export function paintedBlock(block, place, spans, labels, leads = true) {
  const { text } = place;
  const cuts = segments(place.start, place.end, spans);
  const painted = /** @type {HTMLElement} */ (block.cloneNode(false));
  painted.append(gutter(block, cuts, labels));
  for (const cut of cuts) {
    const words = codePointSlice(text, cut.start - place.start, cut.end - place.start);
    painted.append(cut.covering.length ? segment(cut, words, labels, leads) : words);
  }
  return painted;
}

/** One stretch of marked words.
 * @param {import("./segments.js").Segment} cut
 * @param {string} words
 * @param {ReadonlyMap<string, Label>} labels
 * @param {boolean} leads
 */
function segment(cut, words, labels, leads) {
  const first = /** @type {Placed} */ (cut.covering[0]).number;
  const mark = document.createElement("mark");
  mark.className = markCss(cut.covering, labels);
  mark.setAttribute("data-h", cut.covering.map((span) => span.number).join(" "));
  if (leads) mark.setAttribute("aria-details", `h${first}`);
  mark.textContent = words;
  return mark;
}

/** The gutter: the paragraph's number as it was, the letters present, and how many lie over each other beyond two.
 * @param {HTMLElement} block
 * @param {readonly import("./segments.js").Segment[]} cuts
 * @param {ReadonlyMap<string, Label>} labels
 */
function gutter(block, cuts, labels) {
  const old = block.querySelector(":scope > .gutter");
  const fresh = /** @type {HTMLElement} */ (old ? old.cloneNode(false) : document.createElement("span"));
  const number = old?.querySelector("b");
  if (number) fresh.append(number.cloneNode(true));
  const present = new Set(cuts.flatMap((cut) => cut.covering.map((span) => span.label)));
  for (const label of labels.values()) {
    if (present.has(label.slug)) fresh.append(sign(`letter ${labelCss(label)}`, label.letter));
  }
  const most = Math.max(...cuts.map((cut) => cut.covering.length));
  if (most > 2) fresh.append(sign("count", String(most)));
  return fresh;
}

/** @param {string} css
 * @param {string} text
 */
function sign(css, text) {
  const made = document.createElement("span");
  made.className = css;
  made.textContent = text;
  return made;
}

/** An element from one piece of the server's HTML.
 * @param {string} html
 * @returns {HTMLElement}
 */
export function elementFrom(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return /** @type {HTMLElement} */ (holder.content.firstElementChild);
}

/** Bring `old` to what `fresh` is, keeping what is equal, and the parts that `keep` names even where `fresh` lacks them.
 * @param {HTMLElement} old
 * @param {HTMLElement} fresh
 * @param {string} [keep] selector
 */
export function morph(old, fresh, keep = "") {
  if (old.isEqualNode(fresh)) return;
  const beforeNodeRemoved = (/** @type {Node} */ node) => !(keep && node instanceof Element && node.matches(keep));
  Idiomorph.morph(old, fresh, { morphStyle: "outerHTML", callbacks: { beforeNodeRemoved } });
}
