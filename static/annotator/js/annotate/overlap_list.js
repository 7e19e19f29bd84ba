// @ts-check
/** “2 highlights here”: the list to choose from where highlights lie over each other, in the open card and the sheet. */

import { labelCss } from "../lib/segments.js";
import { cardOf } from "./cards.js";
import { shortened } from "./choice.js";
import { article, labels, maybe } from "./page.js";
import { sayCount } from "./words.js";

/** @typedef {import("../lib/highlights.js").Highlight} Highlight */

/** The lists that are shown.
 * @type {HTMLElement[]}
 */
let shown = [];

/** Show the list in the card of the open highlight and in the sheet; with fewer than two there is none.
 * @param {readonly Highlight[]} here
 * @param {string | undefined} open
 */
export function showHere(here, open) {
  const card = open && here.length > 1 ? cardOf(open) : null;
  const list = card && listOf(here, open);
  const inSheet = maybe("sheet")?.querySelector(".sheet-labels");
  // What would be the same stays: it may be pressed just now, and what is made anew hears no click.
  if (list && isShownIn(card, list, inSheet ? 2 : 1)) return;
  hideLists();
  if (!list) return;
  const tools = card.querySelector("[data-card-tools]");
  if (tools) tools.prepend(list);
  else card.append(list);
  shown = [list];
  if (!inSheet) return;
  const copy = listOf(here, open);
  inSheet.before(copy);
  shown.push(copy);
}

/** Whether this very list stands in the card, and as often as it should.
 * @param {Element} card @param {HTMLElement} list @param {number} times
 */
function isShownIn(card, list, times) {
  return shown.length === times && card.contains(shown[0] ?? null) && shown.every((each) => each.isEqualNode(list));
}

/** The button of a list that stands for the one with the focus once the lists are made anew.
 * @returns {() => Element | null | undefined}
 */
export function sameOne() {
  const uuid = document.activeElement?.getAttribute("data-open-span");
  const isInSheet = Boolean(document.activeElement?.closest("#sheet"));
  return () =>
    shown
      .find((list) => Boolean(list.closest("#sheet")) === isInSheet)
      ?.querySelector(`[data-open-span="${CSS.escape(uuid ?? "")}"]`);
}

/** In the sheet, when words are chosen that lie in highlights: the way to open one of them.
 * @param {readonly Highlight[]} here
 */
export function showHereForChoice(here) {
  const sheet = maybe("sheet");
  if (!sheet) return;
  hideLists(sheet);
  if (here.length === 0) return;
  const list = listOf(here, undefined);
  sheet.querySelector(".nudges")?.after(list);
  shown.push(list);
}

/** @param {Node} [inside] */
function hideLists(inside = document) {
  for (const list of shown) if (inside.contains(list)) list.remove();
  shown = shown.filter((list) => list.isConnected);
}

/** @param {readonly Highlight[]} here @param {string | undefined} open */
function listOf(here, open) {
  const list = document.createElement("div");
  list.className = "here";
  list.dataset.here = "";
  list.setAttribute("role", "group");
  const title = document.createElement("p");
  title.textContent = sayCount("here", here.length);
  list.setAttribute("aria-label", title.textContent);
  list.append(title, ...here.map((each) => buttonFor(each, each.uuid === open)));
  return list;
}

/** @param {Highlight} highlight @param {boolean} isOpen */
function buttonFor(highlight, isOpen) {
  const label = labels.get(highlight.label);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "here-one";
  button.dataset.openSpan = highlight.uuid;
  if (isOpen) button.setAttribute("aria-current", "true");
  const swatch = document.createElement("span");
  swatch.className = `swatch small ${label ? labelCss(label) : ""}`;
  swatch.setAttribute("aria-hidden", "true");
  swatch.textContent = label?.letter ?? "";
  const name = document.createElement("b");
  name.textContent = label?.name ?? "";
  const quote = document.createElement("span");
  quote.dir = "auto";
  quote.className = "here-quote";
  quote.textContent = shortened(article.slice(highlight));
  button.append(swatch, name, " ", quote);
  return button;
}

/** Follow the buttons of every list.
 * @param {(uuid: string) => void} open
 */
export function followHere(open) {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-open-span]") : null;
    if (button instanceof HTMLElement && button.dataset.openSpan) open(button.dataset.openSpan);
  });
}
