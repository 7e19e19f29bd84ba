// @ts-check
/** The cards in the margin: one for each highlight, in reading order, with the tools of the open one. */

import { elementFrom, morph } from "../lib/paint.js";
import { labelCss } from "../lib/segments.js";
import { shortened } from "./choice.js";
import { fillDetails } from "./detail_fields.js";
import { dressDetails, tellsDetails } from "./details.js";
import { article, cards, highlightOf, labels } from "./page.js";
import { icon, say } from "./words.js";

/** @typedef {import("../lib/highlights.js").Highlight} Highlight */

// In a long reading cards wait in lists beside the shown one.
const side = cards.parentElement ?? cards;
const TOOLS = "[data-card-tools]";
// Classes that say how a card stands just now, whatever the server paints.
const STATES = ["active", "has-tools", "out"];
// To look for this many cards one by one costs no more than to make a list of all.
const FEW = 20;
const tools = document.getElementById("card-tools");

/** The card of a highlight.
 * @param {string} uuid
 * @returns {HTMLElement | null}
 */
export function cardOf(uuid) {
  return side.querySelector(`.cards > [data-span="${CSS.escape(uuid)}"]`);
}

/** Finds cards by their highlights. A few it asks the page for; of all it makes a list first, for to look through the page
 * for each of thousands would be felt.
 * @param {boolean} isForAll
 */
function finder(isForAll) {
  /** @type {Map<string, HTMLElement> | null} */
  const known = isForAll ? new Map() : null;
  for (const card of known ? side.querySelectorAll(".cards > [data-span]") : []) {
    if (card instanceof HTMLElement) known?.set(card.getAttribute("data-span") ?? "", card);
  }
  return {
    uuids: () => [...(known?.keys() ?? [])],
    find: (/** @type {string} */ uuid) => (known ? known.get(uuid) : cardOf(uuid)) ?? null,
    add: (/** @type {string} */ uuid, /** @type {HTMLElement} */ card) => known?.set(uuid, card),
  };
}

/** Bring the list to the highlights that stand: new cards made, gone ones removed, all in order.
 * @param {readonly Highlight[]} highlights in reading order
 * @param {ReadonlySet<string> | null} spans those that changed, or null when any may have
 */
export function arrange(highlights, spans) {
  const places = placesOf(highlights, spans);
  const stand = new Set(places.map((place) => highlights[place]?.uuid));
  const { uuids, find, add } = finder(spans === null);
  for (const uuid of spans ?? uuids()) {
    if (!stand.has(uuid)) find(uuid)?.remove();
  }
  // From the end, so that the card to stand before is in its place already.
  for (const place of places.reverse()) {
    const highlight = /** @type {Highlight} */ (highlights[place]);
    const card = find(highlight.uuid) ?? blankCard();
    const next = highlights[place + 1];
    const before = next ? find(next.uuid) : null;
    if (isDifferent(card, highlight)) dress(card, highlight);
    if (!card.isConnected || following(card) !== before) (before?.parentElement ?? cards).insertBefore(card, before);
    add(highlight.uuid, card);
  }
}

/** The card after this one, in its own list or in the next that has any.
 * @param {Element} card
 */
function following(card) {
  let list = card.parentElement;
  let next = card.nextElementSibling;
  while (!next && list?.nextElementSibling?.classList.contains("cards")) {
    list = /** @type {HTMLElement} */ (list.nextElementSibling);
    next = list.firstElementChild;
  }
  return next;
}

/** Where those that changed stand among all: few of many, or each.
 * @param {readonly Highlight[]} highlights
 * @param {ReadonlySet<string> | null} spans
 */
function placesOf(highlights, spans) {
  /** @type {number[]} */
  const places = [];
  for (const [place, { uuid }] of highlights.entries()) if (!spans || spans.has(uuid)) places.push(place);
  return places;
}

/** Take the server's cards; the open one keeps its tools and what is being typed there.
 * @param {Record<string, string>} fresh HTML by id
 */
export function takeCards(fresh) {
  const all = Object.values(fresh);
  const { find } = finder(all.length > FEW);
  for (const html of all) {
    const card = elementFrom(html);
    const old = find(card.dataset.span ?? "");
    if (!old) continue;
    for (const state of STATES) if (old.classList.contains(state)) card.classList.add(state);
    const style = old.getAttribute("style");
    const open = old.querySelector(TOOLS);
    old.id = card.id;
    morph(old, card, TOOLS);
    if (style) old.style.cssText = style;
    if (open && !old.contains(open)) old.append(open);
  }
}

/** @param {HTMLElement} card @param {Highlight} highlight */
function isDifferent(card, highlight) {
  const { dataset, id, children } = card;
  const { number, label, start, end, note } = highlight;
  const shown = [...children].find((child) => child.classList.contains("note"))?.textContent ?? "";
  const isSame = id === `h${number}` && dataset.label === label && dataset.start === String(start);
  return !isSame || dataset.end !== String(end) || shown !== note || !tellsDetails(card, highlight);
}

/** A card with its parts but without words, as the server makes them. */
function blankCard() {
  const card = document.createElement("li");
  card.append(...blankParts());
  return card;
}

/** Make a whole card of a bare item of the list.
 * @param {HTMLElement} card
 */
export function furnish(card) {
  if (card.querySelector(":scope > .card-head")) return;
  card.prepend(...blankParts());
  dress(card, highlightOf(card));
}

/** @returns {Element[]} */
function blankParts() {
  const card = document.createElement("li");
  const head = child(card, "div", "card-head");
  child(head, "span", "swatch small").setAttribute("aria-hidden", "true");
  child(head, "b", "");
  child(head, "span", "visually-hidden");
  child(head, "span", "spacer");
  const more = /** @type {HTMLAnchorElement} */ (child(head, "a", "icon-button small"));
  more.dataset.openCard = "";
  more.append(icon("more"));
  const quote = child(card, "blockquote", "");
  quote.dir = "auto";
  child(quote, "a", "").dataset.go = "";
  return [...card.children];
}

/** @param {Element} parent @param {string} tag @param {string} css */
function child(parent, tag, css) {
  const made = document.createElement(tag);
  if (css) made.className = css;
  parent.append(made);
  return made;
}

/** Write a highlight into its card.
 * @param {HTMLElement} card
 * @param {Highlight} highlight
 */
function dress(card, highlight) {
  const label = labels.get(highlight.label);
  const block = article.blockAt(highlight.start);
  if (!label) return;
  const { uuid: span, number, start, end, version } = highlight;
  card.id = `h${number}`;
  const states = STATES.filter((state) => card.classList.contains(state));
  card.className = ["card", labelCss(label), ...states].join(" ");
  Object.assign(card.dataset, { span, number, start, end, version: version ?? "", label: label.slug });
  const swatch = card.querySelector(".swatch");
  if (swatch) swatch.className = `swatch small ${labelCss(label)}`;
  write(card, ".swatch", label.letter);
  write(card, ".card-head > b", label.name);
  const place = block?.paragraph ? say("in-paragraph", { n: block.paragraph }) : say("in-heading");
  write(card, ".card-head > .visually-hidden", place);
  const more = card.querySelector("[data-open-card]");
  more?.setAttribute("href", `#${card.id}`);
  more?.setAttribute("aria-label", say("change", { label: label.name, number: String(number).replace(/^n/, "") }));
  card.querySelector("[data-go]")?.setAttribute("href", `#${block?.id}`);
  write(card, "blockquote > a", shortened(article.slice(highlight)));
  writeNote(card, highlight.note);
  dressDetails(card, highlight);
  const open = card.querySelector(TOOLS);
  if (open) fillTools(open, highlight);
}

/** @param {Element} card @param {string} selector @param {string} words */
function write(card, selector, words) {
  const found = card.querySelector(selector);
  if (found && found.textContent !== words) found.textContent = words;
}

/** @param {HTMLElement} card @param {string} note */
function writeNote(card, note) {
  const old = card.querySelector(":scope > .note");
  if (!note) {
    old?.remove();
    return;
  }
  const shown = old ?? document.createElement("p");
  shown.className = "note";
  shown.setAttribute("dir", "auto");
  shown.textContent = note;
  if (!old) card.querySelector(":scope > blockquote")?.after(shown);
}

/** Give the open card its tools.
 * @param {HTMLElement} card
 * @param {Highlight} highlight
 */
export function showTools(card, highlight) {
  card.querySelector(TOOLS)?.remove();
  if (!(tools instanceof HTMLTemplateElement)) return;
  const fragment = /** @type {DocumentFragment} */ (tools.content.cloneNode(true));
  const found = fragment.querySelector(TOOLS);
  if (!found) return;
  fillTools(found, highlight);
  const relabel = found.querySelector('[data-do="relabel"]');
  const retag = found.querySelector("[data-retag]");
  if (relabel instanceof HTMLElement) relabel.hidden = true;
  if (retag instanceof HTMLElement) retag.hidden = false;
  retag?.setAttribute("aria-expanded", "false");
  card.append(found);
  card.classList.add("has-tools");
}

/** @param {Element} shown @param {Highlight} highlight */
function fillTools(shown, highlight) {
  for (const button of shown.querySelectorAll("[data-label]")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-label") === highlight.label));
  }
  fillDetails(shown, highlight);
}

/** @param {Element | null} card */
export function hideTools(card) {
  card?.querySelector(TOOLS)?.remove();
  card?.classList.remove("has-tools");
}
