// @ts-check
/** What the server wrote into the page: labels, blocks, highlights, history and where to send changes. */

import { blockStart, blockText } from "../lib/selection.js";
import { ArticleText } from "../lib/text.js";

/** @typedef {import("../lib/highlights.js").Highlight} Highlight */
/** @typedef {import("../lib/segments.js").Label} Label */

/** The element with this id, which every annotate page has.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {{new (): T}} [kind]
 * @returns {T}
 */
export function part(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof (kind ?? HTMLElement))) throw new Error(`The page lacks #${id}`);
  return /** @type {T} */ (found);
}

/** The element with this id, where the page may lack it.
 * @param {string} id
 */
export function maybe(id) {
  return document.getElementById(id);
}

export const main = part("reading");
export const text = part("text");
export const cards = part("cards");

/** Labels by slug, in the codebook's order.
 * @type {ReadonlyMap<string, Label>}
 */
export const labels = new Map(
  /** @type {Label[]} */ (JSON.parse(main.dataset.labels ?? "[]")).map((label) => [label.slug, label]),
);

/** The page's block elements, in order.
 * @param {ParentNode} [root]
 * @returns {HTMLElement[]}
 */
export function blockElements(root = text) {
  return [...root.querySelectorAll(".block")].filter((each) => each instanceof HTMLElement);
}

export const article = new ArticleText(
  blockElements().map((block) => ({
    id: block.id,
    start: blockStart(block),
    text: blockText(block),
    sentences: (block.dataset.s ?? "").split(" ").filter(Boolean).map(Number),
    paragraph: block.querySelector(":scope > .gutter > b")?.textContent ?? "",
  })),
);

/** The block element of an offset.
 * @param {number} offset
 * @returns {HTMLElement | null}
 */
export function blockElementAt(offset) {
  return document.getElementById(article.blockAt(offset)?.id ?? "");
}

/** What a card of the server's says about its highlight.
 * @param {HTMLElement} card
 * @returns {Highlight}
 */
export function highlightOf(card) {
  const { span = "", number, label = "", start, end, version } = card.dataset;
  const note = card.querySelector(":scope > .note")?.textContent ?? "";
  return {
    uuid: span,
    number: Number(number),
    label,
    start: Number(start),
    end: Number(end),
    version: Number(version),
    note,
    isDeleted: false,
  };
}

/** The highlights of the page's cards, or of another copy of the page.
 * @param {ParentNode} [root]
 */
export function highlightsOf(root = cards) {
  return [...root.querySelectorAll("[data-span]")]
    .filter((card) => card instanceof HTMLElement)
    .map((card) => highlightOf(card));
}
