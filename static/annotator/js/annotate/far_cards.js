// @ts-check
/** A reading with very many highlights shows the cards of what is being read; the others wait, bare, in two lists. */

import { furnish } from "./cards.js";
import { isShown } from "./filters.js";
import { article, cards, maybe } from "./page.js";
import { goToBlock, view } from "./view.js";
import { say } from "./words.js";

// How many blocks above and below the window have their cards out, so that they stand there when they are scrolled to.
const AROUND = 2;
const earlier = maybe("cards-before");
const later = maybe("cards-after");
/** Whether the server found too many to show all. */
export const isMany = earlier !== null && later !== null;

/** Bring out the cards around what is in the window, the open one, and the one with the focus; put the others away.
 * @returns {HTMLElement[]} in reading order
 */
export function bringNear() {
  if (!earlier || !later) return [];
  const { first, last } = view();
  const near = article.blocks.slice(Math.max(0, first - AROUND), last + AROUND + 1);
  const from = near[0]?.start ?? 0;
  const to = near.at(-1)?.end ?? article.end;
  const focused = document.activeElement?.closest("#cards > li");
  for (const card of [...cards.children]) {
    if (card === focused || card.classList.contains("active")) continue;
    if (startOf(card) < from) putInto(earlier, card);
    else if (startOf(card) >= to) putInto(later, card);
  }
  takeBack(earlier, later, from, to);
  takeOn(earlier, later, from, to);
  for (const card of cards.children) if (card instanceof HTMLElement) bringOut(card);
  for (const { id } of near) leadToCards(id);
  showRange(earlier.children.length, cards.children.length, later.children.length);
  return [...cards.children].filter((card) => card instanceof HTMLElement);
}

/** What waits before the window and does not belong there.
 * @param {HTMLElement} before @param {HTMLElement} after @param {number} from @param {number} to
 */
function takeBack(before, after, from, to) {
  for (let card = before.lastElementChild; card && startOf(card) >= from; card = before.lastElementChild) {
    putInto(startOf(card) < to ? cards : after, card);
  }
}

/** What waits after the window and does not belong there.
 * @param {HTMLElement} before @param {HTMLElement} after @param {number} from @param {number} to
 */
function takeOn(before, after, from, to) {
  for (let card = after.firstElementChild; card && startOf(card) < to; card = after.firstElementChild) {
    putInto(startOf(card) >= from ? cards : before, card);
  }
}

/** Put a card into a list at its place in reading order.
 * @param {HTMLElement} list
 * @param {Element} card
 */
function putInto(list, card) {
  const all = list.children;
  if (!all.length || isBefore(all[all.length - 1], card)) list.append(card);
  else if (isBefore(card, all[0])) list.prepend(card);
  else list.insertBefore(card, all[placeOf(all, card)] ?? null);
}

/** How many of a list come before a card.
 * @param {HTMLCollection} list
 * @param {Element} card
 */
function placeOf(list, card) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(list[middle], card)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Reading order: by start, the longer first.
 * @param {Element | undefined} a @param {Element | undefined} b
 */
function isBefore(a, b) {
  const by = startOf(a) - startOf(b);
  return by < 0 || (by === 0 && Number(a?.getAttribute("data-end")) >= Number(b?.getAttribute("data-end")));
}

/** @param {Element | undefined} card */
function startOf(card) {
  return Number(card?.getAttribute("data-start") ?? 0);
}

/** @param {HTMLElement} card */
function bringOut(card) {
  furnish(card);
  card.classList.toggle("out", !isShown({ label: card.dataset.label ?? "" }));
}

/** The server's marks name only the cards that it shows; these are shown now.
 * @param {string} block its element's id
 */
function leadToCards(block) {
  for (const mark of maybe(block)?.querySelectorAll("mark:not([aria-details])") ?? []) {
    mark.setAttribute("aria-details", `h${mark.getAttribute("data-h")?.split(" ", 1)[0]}`);
  }
}

/** Have this very card among those shown, wherever the window is.
 * @param {HTMLElement} card
 */
export function bringOne(card) {
  if (card.parentElement !== cards) putInto(cards, card);
  bringOut(card);
}

/** Say which of all these are, by sight and in the list's own terms.
 * @param {number} before @param {number} here @param {number} after
 */
function showRange(before, here, after) {
  const total = before + here + after;
  const shown = maybe("in-view");
  const words = here
    ? say("cards-near", { first: before + 1, last: before + here, total })
    : say("cards-none", { total });
  if (shown && shown.textContent !== words) shown.textContent = words;
  for (const [index, card] of [...cards.children].entries()) {
    card.setAttribute("aria-posinset", String(before + index + 1));
    card.setAttribute("aria-setsize", String(total));
  }
  for (const [id, count] of /** @type {[string, number][]} */ ([
    ["cards-earlier", before],
    ["cards-later", after],
  ])) {
    const button = maybe(id);
    if (button) button.hidden = count === 0;
  }
}

/** The buttons over the list go on with the text, to the highlight before or after those shown. */
export function followFarCards() {
  if (!isMany) return;
  const pages = maybe("card-pages");
  if (pages) pages.hidden = true;
  maybe("cards-earlier")?.addEventListener("click", () => goOn(earlier?.lastElementChild));
  maybe("cards-later")?.addEventListener("click", () => goOn(later?.firstElementChild));
}

/** @param {Element | null | undefined} card */
function goOn(card) {
  if (!(card instanceof HTMLElement)) return;
  bringOne(card);
  card.querySelector("a")?.focus({ preventScroll: true });
  goToBlock(article.indexAt(startOf(card)));
}
