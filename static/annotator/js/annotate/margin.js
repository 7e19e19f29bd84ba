// @ts-check
/** Puts the cards level with their words. */

import { place } from "../lib/placing.js";
import { bringNear, followFarCards, isMany } from "./far_cards.js";
import { blockElementAt, cards, text } from "./page.js";
import { followView } from "./view.js";

const GAP = 10;
// With more cards than this, laying all of them out costs more than it helps: they stay a plain list.
const MOST_PLACED = 400;
const wide = matchMedia("(min-width: 761px)");
let isAsked = false;
/** @type {() => void} */
let moved = () => {};

/** Lay the cards out before the next frame. */
export function layOut() {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    layOutAndTell();
  });
}

/** Reads first, then writes, so that the browser lays out once. */
function layOutNow() {
  const all = (isMany ? bringNear() : [...cards.children])
    .filter((card) => card instanceof HTMLElement)
    .filter(({ classList }) => !classList.contains("out"));
  if (!wide.matches || (!isMany && all.length > MOST_PLACED)) {
    // In a plain list a card that keeps its place in the margin would be moved by it.
    for (const card of all) for (const side of ["top", "margin-top"]) card.style.removeProperty(side);
    return;
  }
  const tops = topsOfMarks(isMany ? marksOf(all) : text.querySelectorAll("mark"));
  const base = cards.getBoundingClientRect().top;
  const sizes = all.map((card) => ({
    target: (tops.get(card.dataset.number ?? "") ?? base) - base - 8,
    height: card.getBoundingClientRect().height,
  }));
  const open = all.findIndex((card) => card.classList.contains("active"));
  const found = place(sizes, open, GAP);
  if (isMany) for (const [index, card] of all.entries()) put(card, "top", Math.round(found[index] ?? 0));
  else keepDistances(all, found, sizes);
}

/** Cards stay in their list, each so far below the one above it: to take hundreds out, the browser would build them anew.
 * @param {readonly HTMLElement[]} all
 * @param {readonly number[]} tops
 * @param {readonly {height: number}[]} sizes
 */
function keepDistances(all, tops, sizes) {
  let end = 0;
  for (const [index, card] of all.entries()) {
    const height = sizes[index]?.height ?? 0;
    // Quarters of a pixel are read again as they were written.
    const distance = Math.round(4 * ((tops[index] ?? 0) - end)) / 4;
    put(card, "marginTop", distance);
    end += distance + height + GAP;
    watch(card, height);
  }
}

/** What is there already is left alone: to write it again would have the card painted again.
 * @param {HTMLElement} card
 * @param {"top" | "marginTop"} side
 * @param {number} pixels
 */
function put(card, side, pixels) {
  const place = `${pixels}px`;
  if (card.style[side] !== place) card.style[side] = place;
}

/** The height with which each card was placed.
 * @type {WeakMap<Element, number>}
 */
const heights = new WeakMap();

/** Hears of a card that has grown, or that came near and is no longer as high as is usual, before it is painted. */
const grown = new ResizeObserver((entries) => {
  if (entries.some(({ target }) => heights.get(target) !== target.getBoundingClientRect().height)) layOutAndTell();
});

/** @param {HTMLElement} card @param {number} height */
function watch(card, height) {
  if (!heights.has(card)) grown.observe(card);
  heights.set(card, height);
}

/** Lay the cards out, and tell who follows. */
function layOutAndTell() {
  layOutNow();
  moved();
}

/** The segments in the blocks where these cards' highlights begin: to ask for others would lay out unpainted chunks.
 * @param {readonly HTMLElement[]} all
 */
function marksOf(all) {
  const blocks = new Set(all.map((card) => blockElementAt(Number(card.dataset.start))));
  return [...blocks].flatMap((block) => [...(block?.querySelectorAll("mark") ?? [])]);
}

/** Where each highlight's first segment stands in the window.
 * @param {Iterable<HTMLElement>} marks
 * @returns {Map<string, number>}
 */
function topsOfMarks(marks) {
  const tops = new Map();
  for (const mark of marks) {
    const fresh = (mark.dataset.h ?? "").split(" ").filter((number) => !tops.has(number));
    if (fresh.length === 0) continue;
    const top = mark.getClientRects()[0]?.top ?? 0;
    for (const number of fresh) tops.set(number, top);
  }
  return tops;
}

/** Keep the cards level while the text's shape changes.
 * @param {() => void} onMove hears whenever words may stand elsewhere
 */
export function followShape(onMove) {
  moved = onMove;
  new ResizeObserver(isMany ? layOut : layOutAndTell).observe(text);
  followFarCards();
  if (isMany) followView(layOutNow);
  wide.addEventListener("change", layOut);
  // To wait for `fonts.ready` would lay out the page at once, before its cards are placed.
  document.fonts.addEventListener("loadingdone", layOut);
  if (isMany) cards.addEventListener("input", layOut);
}
