// @ts-check
/** Puts the cards level with their words, and draws the minimap. */

import { place } from "../lib/placing.js";
import { article, cards, labels, maybe, text } from "./page.js";

/** @typedef {import("../lib/highlights.js").Highlight} Highlight */

const GAP = 10;
// With more cards than this, laying all of them out costs more than it helps: they stay a plain list.
const MOST_PLACED = 400;
const MAP_STEPS = 1000;
const wide = matchMedia("(min-width: 761px)");
let isAsked = false;
let mapFrame = 0;
let drawn = "";

/** Lay the cards out before the next frame. */
export function layOut() {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    layOutNow();
  });
}

/** Reads first, then writes, so that the browser lays out once. */
function layOutNow() {
  const all = [...cards.children].filter((card) => card instanceof HTMLElement);
  const isPlaced = wide.matches && all.length > 0 && all.length <= MOST_PLACED;
  cards.classList.toggle("placed", isPlaced);
  if (!isPlaced) {
    cards.style.removeProperty("height");
    return;
  }
  const tops = topsOfMarks();
  const base = cards.getBoundingClientRect().top;
  const sizes = all.map((card) => ({
    target: (tops.get(card.dataset.number ?? "") ?? base) - base - 8,
    height: card.offsetHeight,
  }));
  const open = all.findIndex((card) => card.classList.contains("active"));
  const found = place(sizes, open, GAP);
  for (const [index, card] of all.entries()) card.style.setProperty("top", `${Math.round(found[index] ?? 0)}px`);
  const bottom = (found.at(-1) ?? 0) + (sizes.at(-1)?.height ?? 0);
  cards.style.setProperty("height", `${Math.ceil(bottom)}px`);
}

/** Where each highlight's first segment stands in the window.
 * @returns {Map<string, number>}
 */
function topsOfMarks() {
  const tops = new Map();
  for (const mark of text.querySelectorAll("mark")) {
    const fresh = (mark.dataset.h ?? "").split(" ").filter((number) => !tops.has(number));
    if (fresh.length === 0) continue;
    const top = mark.getClientRects()[0]?.top ?? 0;
    for (const number of fresh) tops.set(number, top);
  }
  return tops;
}

/** Draw where the highlights stand in the whole text, when the browser has a moment.
 * @param {readonly Highlight[]} highlights
 */
export function drawMap(highlights) {
  cancelAnimationFrame(mapFrame);
  mapFrame = requestAnimationFrame(() => {
    mapFrame = requestAnimationFrame(() => drawMapNow(highlights));
  });
}

/** @param {readonly Highlight[]} highlights */
function drawMapNow(highlights) {
  const map = maybe("map");
  const length = Number(text.dataset.length) || article.end || 1;
  const strokes = new Map();
  for (const { start, end, label } of highlights) {
    const top = Math.floor((start * MAP_STEPS) / length);
    const height = Math.max(4, Math.ceil((end * MAP_STEPS) / length) - top);
    const tint = labels.get(label)?.tint;
    strokes.set(`${top} ${height} ${tint}`, { top, height, tint });
  }
  const picture = [...strokes.keys()].join();
  if (!map || drawn === picture) return;
  drawn = picture;
  for (const old of map.querySelectorAll("rect:not(.map-ground)")) old.remove();
  map.append(...[...strokes.values()].map(strokeOf));
}

/** @param {{top: number, height: number, tint: number | undefined}} stroke */
function strokeOf({ top, height, tint }) {
  const stroke = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  stroke.setAttribute("class", `tint-${tint}`);
  stroke.setAttribute("y", String(top));
  stroke.setAttribute("width", "9");
  stroke.setAttribute("height", String(height));
  return stroke;
}

/** Keep the cards level while the text's shape changes. */
export function followShape() {
  new ResizeObserver(layOut).observe(text);
  wide.addEventListener("change", layOut);
  void document.fonts.ready.then(layOut);
  cards.addEventListener("input", layOut);
}
