// @ts-check
/** My result: cards level with their words, a click in the text opens its card, and the print button. */

import { place } from "./lib/placing.js";

const GAP = 12;
// With more cards than this, laying all of them out costs more than it helps: they stay a plain list.
const MOST_PLACED = 400;
const wide = matchMedia("screen and (min-width: 761px)");
const text = document.getElementById("text");
const list = document.querySelector("[data-level]");

/** The text's element of a card: a mark or a frame, whichever comes first.
 * @param {string} number
 */
function wordsOf(number) {
  return text?.querySelector(`[data-cards~="${number}"]`) ?? null;
}

/** Put the cards level with their words; without a wide screen they stay a list. */
function layOut() {
  if (!(list instanceof HTMLElement)) return;
  const cards = [...list.children].filter((card) => card instanceof HTMLElement);
  const isPlaced = wide.matches && cards.length <= MOST_PLACED;
  list.classList.toggle("placed", isPlaced);
  if (!isPlaced) {
    list.style.removeProperty("height");
    return;
  }
  const base = list.getBoundingClientRect().top;
  const sizes = cards.map((card) => {
    const words = wordsOf(card.dataset.card ?? "");
    return { target: (words?.getClientRects()[0]?.top ?? base) - base - 8, height: card.offsetHeight };
  });
  const open = cards.findIndex((card) => card.classList.contains("active"));
  const tops = place(sizes, open, GAP);
  for (const [index, card] of cards.entries()) card.style.setProperty("top", `${Math.round(tops[index] ?? 0)}px`);
  const last = cards.length - 1;
  list.style.setProperty("height", `${Math.ceil((tops[last] ?? 0) + (sizes[last]?.height ?? 0))}px`);
}

/** Frame one card and bring it beside its words.
 * @param {Element | null} card
 */
function activate(card) {
  for (const each of document.querySelectorAll(".card.active")) each.classList.remove("active");
  card?.classList.add("active");
  layOut();
}

text?.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target.closest("[data-cards]") : null;
  const number = target instanceof HTMLElement ? (target.dataset.cards ?? "").split(" ")[0] : "";
  const card = number ? document.getElementById(`c${number}`) : null;
  if (!card) return;
  if (!wide.matches) location.hash = card.id;
  activate(card);
});

list?.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target?.closest("a")) activate(target?.closest("[data-card]") ?? null);
});

for (const button of document.querySelectorAll("[data-print]")) {
  if (!(button instanceof HTMLElement)) continue;
  button.hidden = false;
  button.addEventListener("click", () => print());
}

/** Say which of cards and article a phone shows. */
function sayView() {
  const [cards, article] = document.querySelectorAll("[data-swap]");
  const shown = document.querySelector(".reading-text:target, .reading-text :target") ? article : cards;
  for (const each of [cards, article]) each?.toggleAttribute("aria-current", each === shown);
}

addEventListener("hashchange", sayView);
sayView();
if (text) new ResizeObserver(layOut).observe(text);
wide.addEventListener("change", layOut);
void document.fonts.ready.then(layOut);
