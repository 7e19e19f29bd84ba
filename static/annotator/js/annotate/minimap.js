// @ts-check
/** The whole text at the side: where highlights stand, what is in the window; press it or use its keys to go there. */

import { isShown } from "./filters.js";
import { goToParagraph, paragraphNow } from "./jump.js";
import { article, labels, maybe, text } from "./page.js";
import { followView, goToBlock } from "./view.js";
import { say } from "./words.js";

/** @typedef {import("../lib/highlights.js").Highlight} Highlight */

const STEPS = 1000;
// No stroke is lower than this, so that it can be seen.
const STROKE = 4;
// How far a key goes, in paragraphs.
/** @type {Record<string, number>} */
const KEYS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, PageDown: 10, PageUp: -10 };
// So long after a change the map is drawn: words and card come first, and of many changes it shows the last.
const PATIENCE = 100;
let timer = 0;

const length = Number(text.dataset.length) || article.end || 1;

/** Draw where the highlights stand, in a moment.
 * @param {readonly Highlight[]} highlights
 */
export function drawMap(highlights) {
  clearTimeout(timer);
  timer = window.setTimeout(() => drawNow(highlights.filter(isShown)), PATIENCE);
}

/** Each thousandth of the text in the tint of the last highlight there, as the server draws it.
 * @param {readonly Highlight[]} highlights
 */
function drawNow(highlights) {
  const rows = new Uint8Array(STEPS);
  for (const { start, end, label } of highlights) {
    const top = Math.floor((start * STEPS) / length);
    rows.fill(labels.get(label)?.tint ?? 0, top, Math.max(top + STROKE, Math.ceil((end * STEPS) / length)));
  }
  const paths = pathsOf(rows);
  for (const tint of new Set([...labels.values()].map((label) => label.tint))) drawTint(tint, paths.get(tint) ?? "");
}

/** One path for each tint that is there.
 * @param {Uint8Array} rows
 * @returns {Map<number, string>}
 */
function pathsOf(rows) {
  const paths = new Map();
  for (let top = 0, end = 0; top < STEPS; top = end) {
    const tint = rows[top];
    while (end < STEPS && rows[end] === tint) end += 1;
    if (tint) paths.set(tint, `${paths.get(tint) ?? ""}M0 ${top}h9v${end - top}H0z`);
  }
  return paths;
}

/** @param {number} tint @param {string} path */
function drawTint(tint, path) {
  const map = maybe("map");
  const old = map?.querySelector(`path.tint-${tint}`);
  if (!map || (old?.getAttribute("d") ?? "") === path) return;
  if (!path) {
    old?.remove();
    return;
  }
  const drawn = old ?? document.createElementNS("http://www.w3.org/2000/svg", "path");
  drawn.setAttribute("class", `tint-${tint}`);
  drawn.setAttribute("d", path);
  if (!old) map.querySelector(".map-view")?.before(drawn);
}

/** Show what is in the window, and go where the map is pressed. */
export function followMap() {
  const slider = maybe("map-slider");
  if (!slider) return;
  const count = Number(slider.getAttribute("aria-valuemax"));
  slider.setAttribute("role", "slider");
  slider.tabIndex = 0;
  followView(({ first, last }) => {
    const start = article.blocks[first]?.start ?? 0;
    showWindow(start, article.blocks[last]?.end ?? start);
    slider.setAttribute("aria-valuenow", String(paragraphNow()));
    slider.setAttribute("aria-valuetext", say("went", { n: paragraphNow(), count }));
  });
  slider.addEventListener("pointerdown", (event) => {
    slider.setPointerCapture(event.pointerId);
    goTo(slider, event.clientY);
  });
  slider.addEventListener("pointermove", (event) => {
    if (slider.hasPointerCapture(event.pointerId)) goTo(slider, event.clientY);
  });
  slider.addEventListener("keydown", (event) => {
    const to = target(event.key, count);
    if (to === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    goToParagraph(to, { keepsFocus: true });
  });
}

/** @param {string} key @param {number} count */
function target(key, count) {
  if (key === "Home") return 1;
  if (key === "End") return count;
  const step = KEYS[key];
  return step === undefined ? null : paragraphNow() + step;
}

/** @param {number} start @param {number} end */
function showWindow(start, end) {
  const shown = document.querySelector("#map .map-view");
  const top = Math.floor((start * STEPS) / length);
  const height = Math.max(12, Math.ceil((end * STEPS) / length) - top);
  shown?.setAttribute("y", String(Math.min(top, STEPS - height)));
  shown?.setAttribute("height", String(height));
}

/** @param {HTMLElement} slider @param {number} y in the window */
function goTo(slider, y) {
  const { top, height } = slider.getBoundingClientRect();
  const share = Math.max(0, Math.min(0.9999, (y - top) / height));
  goToBlock(article.indexAt(Math.floor(share * length)));
}
