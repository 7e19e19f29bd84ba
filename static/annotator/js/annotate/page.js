// @ts-check
/** What the server wrote into the page: labels, blocks, highlights, history and where to send changes. */

import { unpacked } from "../lib/far.js";
import { labelCss } from "../lib/segments.js";
import { ArticleText } from "../lib/text.js";
import { told } from "./bare_blocks.js";

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

const dialogs = [...document.querySelectorAll("dialog")];

/** Whether the keys belong to a dialog. Asked at every key: to look through a long text each time would be felt. */
export function isDialogOpen() {
  return dialogs.some((dialog) => dialog.open);
}

const menus = [...document.querySelectorAll(".menu[popover]")];

/** Whether a menu hangs open, which Escape closes by itself. */
export function isMenuOpen() {
  return menus.some((menu) => menu.matches(":popover-open"));
}

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

export const article = new ArticleText(told(blockElements()));

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
  // By attributes: a long reading has thousands of cards, and `dataset` is slow.
  const told = (/** @type {string} */ name) => card.getAttribute(`data-${name}`);
  const note = card.querySelector(":scope > .note")?.textContent ?? "";
  return {
    uuid: told("span") ?? "",
    number: Number(told("number")),
    label: told("label") ?? "",
    start: Number(told("start")),
    end: Number(told("end")),
    version: Number(told("version")),
    note,
    source_name: told("source-name") ?? "",
    source_kind: told("source-kind") ?? "",
    confidence: Number(told("confidence")) || null,
    reported_by: told("reported-by") || null,
    isDeleted: false,
  };
}

/** The highlights of the page's cards, or of another copy of the page.
 * @param {ParentNode} [root]
 */
export function highlightsOf(root = cards.parentElement ?? cards) {
  for (const list of root.querySelectorAll("[data-far]")) {
    fill(list, unpacked(JSON.parse(list.getAttribute("data-far") ?? "")));
    list.removeAttribute("data-far");
  }
  return [...root.querySelectorAll("[data-span]")]
    .filter((card) => card instanceof HTMLElement)
    .map((card) => highlightOf(card));
}

/** Make bare cards of all highlights but those whose cards are here, before and after these.
 * @param {import("../lib/far.js").Packed} packed
 */
export function takeFar(packed) {
  const here = new Set([...cards.children].map((card) => Number(card.getAttribute("data-number"))));
  const first = Number(cards.firstElementChild?.getAttribute("data-start"));
  const far = unpacked(packed).filter(({ number }) => !here.has(number));
  fill(
    part("cards-before"),
    far.filter(({ start }) => start < first),
  );
  fill(
    part("cards-after"),
    far.filter(({ start }) => start >= first),
  );
}

/** Make bare cards in a list. In one piece of HTML, for there are thousands; nothing in it is anybody's text.
 * @param {Element} list
 * @param {readonly import("../lib/far.js").Far[]} far
 */
function fill(list, far) {
  list.innerHTML = far.map(bareCard).join("");
  for (const [place, { more }] of far.entries()) {
    const card = list.children[place];
    if (card) for (const [name, value] of Object.entries(more)) tellMore(card, name, value);
  }
}

/** @param {import("../lib/far.js").Far} far */
function bareCard({ uuid, number, start, end, label: slug, version }) {
  const label = labels.get(slug);
  const css = label ? ` ${labelCss(label)}` : "";
  return (
    `<li id="h${number}" class="card${css}" data-span="${uuid}" data-number="${number}" data-start="${start}" ` +
    `data-end="${end}" data-label="${label?.slug ?? ""}" data-version="${version}"></li>`
  );
}

/** @param {Element} card @param {string} name @param {string} value */
function tellMore(card, name, value) {
  if (name !== "late" && name !== "note") {
    card.setAttribute(`data-${name}`, value);
    return;
  }
  const words = document.createElement("p");
  words.className = name;
  if (name === "note") words.dir = "auto";
  words.textContent = value;
  card.append(words);
}
