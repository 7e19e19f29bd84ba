// @ts-check
/** Two handles at the edges of what is chosen, or else of the open highlight: dragged by mouse, pen or finger.
 * They are for pointers alone: the same is done by the keys [ and ], and by the buttons ‹ and ›. */

import { edgeTo } from "../lib/edges.js";
import { pointIn } from "../lib/selection.js";
import { isExact } from "./exact.js";
import { article, blockElementAt, maybe } from "./page.js";
import { hold, offsetNear } from "./painter.js";
import { showPending } from "./pending.js";
import { bars } from "./view.js";

/** @typedef {import("../lib/text.js").Place} Place */
/** @typedef {"start" | "end"} Edge */
/** `target` is what has handles now, `move` hears the new place once, `press` that a handle was pressed and not moved.
 * @typedef {{target: () => Place | null, move: (place: Place) => void, press: (x: number, y: number) => void, drop: () => void}} Listeners */

// Less than this is a press, not a drag.
const STILL = 4;
// Nearer than this to the bars or the foot, the page scrolls along.
const MARGIN = 48;
const SPEED = 12;

/** @type {Record<Edge, HTMLElement>} */
const handles = { start: handle("start"), end: handle("end") };
/** @type {Listeners | null} */
let listeners = null;
/** @type {{edge: Edge, from: Place, place: Place, pointer: number, grip: {x: number, y: number}, down: {x: number, y: number}, at: {x: number, y: number}, isExact: boolean, isMoved: boolean} | null} */
let drag = null;
let isAsked = false;
let scrolling = 0;

/** @param {Edge} edge */
function handle(edge) {
  const made = document.createElement("span");
  made.className = `handle ${edge}`;
  made.dataset.handle = edge;
  made.setAttribute("aria-hidden", "true");
  made.hidden = true;
  document.body.append(made);
  return made;
}

/** @param {Listeners} given */
export function followHandles(given) {
  listeners = given;
  for (const edge of /** @type {Edge[]} */ (["start", "end"])) {
    handles[edge].addEventListener("pointerdown", (event) => begin(edge, event));
    handles[edge].addEventListener("pointermove", moveOn);
    handles[edge].addEventListener("pointerup", release);
    handles[edge].addEventListener("pointercancel", giveUp);
    handles[edge].addEventListener("lostpointercapture", giveUp);
  }
  document.addEventListener(
    "keydown",
    (event) => {
      if (!drag || event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      giveUp();
    },
    true,
  );
}

/** Bring the handles to where they belong, in the next frame. */
export function placeHandles() {
  if (isAsked || !listeners) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    draw(drag?.place ?? listeners?.target() ?? null);
  });
}

/** @param {Place | null} place */
function draw(place) {
  const points = place && { start: pointOf(place.start, "start"), end: pointOf(place.end, "end") };
  for (const edge of /** @type {Edge[]} */ (["start", "end"])) {
    const point = points?.[edge];
    const shown = handles[edge];
    shown.hidden = !point;
    if (!point) continue;
    shown.classList.toggle("mirrored", point.isMirrored);
    shown.style.setProperty("left", `${point.x + window.scrollX}px`);
    shown.style.setProperty("top", `${point.y + point.height + window.scrollY}px`);
    shown.style.setProperty("--line-height", `${point.height}px`);
  }
}

/** Where an edge stands in the window.
 * @param {number} offset
 * @param {Edge} edge
 */
function pointOf(offset, edge) {
  const block = blockElementAt(edge === "end" ? Math.max(0, offset - 1) : offset);
  const point = block && pointIn(block, offset, edge);
  if (!point) return null;
  const range = document.createRange();
  range.setStart(point.node, point.offset);
  const line = range.getClientRects()[0];
  if (!line) return null;
  const isMirrored = getComputedStyle(block).direction === "rtl";
  return { x: line.left, y: line.top, height: line.height, isMirrored };
}

/** @param {Edge} edge @param {PointerEvent} event */
function begin(edge, event) {
  const from = listeners?.target();
  if (event.button !== 0 || drag || !from) return;
  event.preventDefault();
  const place = { start: from.start, end: from.end };
  const point = pointOf(place[edge], edge);
  if (!point) return;
  const down = { x: event.clientX, y: event.clientY };
  // The knob hangs below the line: what counts is the line itself.
  const grip = { x: point.x - down.x, y: point.y + point.height / 2 - down.y };
  drag = { edge, from: place, place, pointer: event.pointerId, grip, down, at: down, isExact: false, isMoved: false };
  handles[edge].setPointerCapture(event.pointerId);
  hold(true);
}

/** @param {PointerEvent} event */
function moveOn(event) {
  if (!drag || event.pointerId !== drag.pointer) return;
  drag.at = { x: event.clientX, y: event.clientY };
  drag.isExact = isExact(event);
  drag.isMoved ||= Math.hypot(drag.at.x - drag.down.x, drag.at.y - drag.down.y) >= STILL;
  if (!drag.isMoved) return;
  // From here on the handle itself is not in the way of finding the word under the pointer.
  document.body.classList.add("dragging-edge");
  follow();
  if (!scrolling) scrolling = requestAnimationFrame(scrollAlong);
}

/** Take the edge to the pointer. */
function follow() {
  if (!drag) return;
  const { at, grip, edge, from, isExact: isByLetter } = drag;
  const offset = offsetNear({ clientX: at.x + grip.x, clientY: at.y + grip.y });
  if (offset === null) return;
  const place = edgeTo(article, from, edge, offset, { isExact: isByLetter });
  if (place.start === drag.place.start && place.end === drag.place.end) return;
  drag.place = place;
  showPending(place);
  placeHandles();
}

/** While the pointer is held near the bars or the foot, the text moves on. */
function scrollAlong() {
  scrolling = 0;
  if (!drag?.isMoved) return;
  const top = bars() + MARGIN;
  const foot = floor() - MARGIN;
  const by = drag.at.y < top ? -SPEED : drag.at.y > foot ? SPEED : 0;
  const before = window.scrollY;
  if (by) window.scrollBy(0, by);
  if (window.scrollY !== before) follow();
  scrolling = requestAnimationFrame(scrollAlong);
}

/** Where the text ends in the window: at the sheet, if it is shown. */
function floor() {
  const sheet = maybe("sheet");
  const top = sheet && !sheet.hidden ? sheet.getBoundingClientRect().top : 0;
  return top > 0 ? top : window.innerHeight;
}

/** @param {PointerEvent} event */
function release(event) {
  if (!drag || event.pointerId !== drag.pointer) return;
  const { place, from, isMoved } = drag;
  finish();
  if (!isMoved) listeners?.press(event.clientX, event.clientY);
  else if (place.start !== from.start || place.end !== from.end) listeners?.move(place);
  else listeners?.drop();
}

/** Put the edge back where it was. */
function giveUp() {
  if (!drag) return;
  finish();
  listeners?.drop();
}

function finish() {
  if (!drag) return;
  const { edge, pointer } = drag;
  drag = null;
  if (handles[edge].hasPointerCapture(pointer)) handles[edge].releasePointerCapture(pointer);
  document.body.classList.remove("dragging-edge");
  hold(false);
  placeHandles();
}
