// @ts-check
/** The keys: they work while the text has the focus, undo and redo everywhere but in fields. */

import { nudged } from "../lib/steps.js";
import { caret, isRightToLeft, moveCaret } from "./caret.js";
import { choice, clear, highlightPending } from "./choice.js";
import { article, maybe, text } from "./page.js";
import { rangeOf } from "./painter.js";

/** @typedef {import("./caret.js").Unit} Unit */
/** @typedef {import("../lib/text.js").Place} Place */
/** @typedef {{tag: (key: number) => void, remove: () => void, close: () => void, undo: () => void, redo: () => void, step: (step: 1 | -1) => void, openAt: (offset: number) => void, open: () => Place | undefined, move: (place: Place) => void, used: () => void}} Actions */

/** @type {{edge: "start" | "end", place: Place} | null} */
let edges = null;

/** @param {Actions} actions */
export function followKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || isTyping(event.target) || document.querySelector("dialog[open]"))
      return;
    if (handle(event, actions)) event.preventDefault();
  });
  document.addEventListener("pointerdown", leaveEdges);
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

/** @param {KeyboardEvent} event @param {Actions} actions @returns {boolean} whether the key was ours */
function handle(event, actions) {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
  if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === "z") {
    if (shiftKey) actions.redo();
    else actions.undo();
    return true;
  }
  if (ctrlKey || metaKey) return false;
  if (key === "Delete" && event.target instanceof Element && event.target.closest(".card.active")) {
    actions.remove();
    return true;
  }
  const isPopover = maybe("popover")?.contains(document.activeElement);
  if (document.activeElement !== text && !isPopover) return key === "Escape" && clearAll(actions);
  return (edges && edgeKey(event, actions)) || (moveKey(event, actions) ?? letterKey(event, actions));
}

/** @param {Actions} actions */
function clearAll(actions) {
  leaveEdges();
  clear();
  actions.close();
  return true;
}

/** Arrows and their like; undefined for any other key.
 * @param {KeyboardEvent} event @param {Actions} actions @returns {boolean | undefined}
 */
function moveKey({ key, shiftKey, altKey }, actions) {
  const flip = isRightToLeft() ? -1 : 1;
  const across = altKey ? "sentence" : "word";
  /** @type {Record<string, [Unit, number]>} */
  const moves = {
    ArrowRight: [across, flip],
    ArrowLeft: [across, -flip],
    ArrowDown: ["sentence", 1],
    ArrowUp: ["sentence", -1],
    PageDown: ["block", 1],
    PageUp: ["block", -1],
    End: ["edge", 1],
    Home: ["edge", -1],
  };
  const move = moves[key];
  if (!move) return undefined;
  actions.close();
  moveCaret(move[0], move[1] > 0 ? 1 : -1, shiftKey);
  actions.used();
  return true;
}

/** @param {KeyboardEvent} event @param {Actions} actions */
function letterKey({ key, altKey }, actions) {
  if (altKey) return false;
  if (/^[1-9]$/.test(key)) actions.tag(Number(key));
  else if (key === "Delete" || key === "Backspace") actions.remove();
  else if (key === "Escape") return clearAll(actions);
  else if (key === "Enter") actions.openAt(choice()?.start ?? caret());
  else if (key.toLowerCase() === "n") actions.step(1);
  else if (key.toLowerCase() === "p") actions.step(-1);
  else if (key === "[" || key === "]") return takeEdge(key === "[" ? "start" : "end", actions);
  else return false;
  actions.used();
  return true;
}

/** Take hold of one edge of the open highlight.
 * @param {"start" | "end"} edge @param {Actions} actions
 */
function takeEdge(edge, actions) {
  const place = edges?.place ?? actions.open();
  if (!place) return false;
  edges = { edge, place: { start: place.start, end: place.end } };
  highlightPending(rangeOf(edges.place));
  return true;
}

/** While an edge is held: arrows move it, Enter saves, Escape puts it back.
 * @param {KeyboardEvent} event @param {Actions} actions
 */
function edgeKey({ key, shiftKey }, actions) {
  if (!edges) return false;
  if (key === "Enter" || key === "Escape") {
    const { place } = edges;
    leaveEdges();
    if (key === "Enter") actions.move(place);
    return true;
  }
  if (key !== "ArrowLeft" && key !== "ArrowRight") {
    if (key !== "[" && key !== "]" && key !== "Shift") leaveEdges();
    return false;
  }
  const isOn = (key === "ArrowRight") !== isRightToLeft();
  edges.place = nudged(article, edges.place, edges.edge, isOn ? 1 : -1, shiftKey);
  highlightPending(rangeOf(edges.place));
  return true;
}

function leaveEdges() {
  if (!edges) return;
  edges = null;
  const chosen = choice();
  highlightPending(chosen && rangeOf(chosen));
}
