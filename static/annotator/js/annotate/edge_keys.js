// @ts-check
/** One edge of a highlight held by key: arrows move it, shown and spoken at once; Enter saves, Escape puts it back. */

import { nudged } from "../lib/steps.js";
import { bringIntoView, isRightToLeft } from "./caret.js";
import { choice } from "./choice.js";
import { article, labels, maybe } from "./page.js";
import { rangeOf } from "./painter.js";
import { showPending } from "./pending.js";
import { announce, say } from "./words.js";

/** @typedef {import("../lib/text.js").Place} Place */
/** @typedef {Place & {uuid: string, label: string}} Marked */
/** `move` saves, `changed` hears that the held place is another.
 * @typedef {{move: (uuid: string, place: Place) => boolean, changed: () => void}} Actions */

// Keys that only write together with another: an edge stays held under them.
const MODIFIERS = ["Shift", "Alt", "AltGraph"];

/** @type {{edge: "start" | "end", place: Place, marked: Marked} | null} */
let held = null;

/** The place as the held edge has it now; null while none is held.
 * @returns {Place | null}
 */
export function heldPlace() {
  return held?.place ?? null;
}

/** Paint the held place again: the words under it were drawn anew. */
export function showHeld() {
  if (held) showPending(held.place);
}

/** Take hold of one edge; of the other, with the first where it was moved to, when one is held already.
 * @param {"start" | "end"} edge
 * @param {Marked | undefined} marked
 * @param {Actions} actions
 */
export function takeEdge(edge, marked, actions) {
  const before = held;
  const of = before?.marked ?? marked;
  if (!of) {
    announce(say("edge-none"));
    return;
  }
  held = { edge, marked: of, place: before?.place ?? { start: of.start, end: of.end } };
  showLine(edge);
  show(actions);
  announce(say(`held-${edge}`, { label: labels.get(of.label)?.name ?? "", word: edgeWord(held.place, edge) }));
}

/** A key while an edge is held; false where it is none of its keys.
 * @param {KeyboardEvent} event
 * @param {Actions} actions
 */
export function edgeKey({ key, shiftKey }, actions) {
  if (!held) return false;
  if (key === "Enter" || key === "Escape") {
    const { marked, place } = held;
    leaveEdge(actions);
    const isMoved = key === "Enter" && actions.move(marked.uuid, place);
    if (!isMoved) announce(say("edge-back"));
    return true;
  }
  if (key !== "ArrowLeft" && key !== "ArrowRight") {
    if (!"[]".includes(key) && !MODIFIERS.includes(key)) leaveEdge(actions);
    return false;
  }
  const { place, edge } = held;
  held.place = nudged(article, place, edge, (key === "ArrowRight") !== isRightToLeft(place.start) ? 1 : -1, shiftKey);
  show(actions);
  const isStuck = held.place[edge] === place[edge];
  announce(say(isStuck ? "edge-stop" : `edge-${edge}`, { word: edgeWord(held.place, edge) }));
  return true;
}

/** Let go without saving.
 * @param {Actions} actions
 */
export function leaveEdge(actions) {
  if (!held) return;
  held = null;
  showLine("");
  showPending(choice());
  actions.changed();
}

/** @param {Actions} actions */
function show(actions) {
  if (!held) return;
  const { edge, place } = held;
  showPending(place);
  const lines = [...(rangeOf(place)?.getClientRects() ?? [])];
  const line = edge === "start" ? lines[0] : lines.at(-1);
  if (line) bringIntoView(line);
  actions.changed();
}

/** The line at the foot that says what the keys do now.
 * @param {string} edge "" to put it away
 */
function showLine(edge) {
  const line = maybe("edge-line");
  if (!line) return;
  line.hidden = edge === "";
  for (const part of line.querySelectorAll("[data-edge]")) {
    if (part instanceof HTMLElement) part.hidden = part.dataset.edge !== edge;
  }
}

/** The word, or the part of one, at an edge.
 * @param {Place} place
 * @param {"start" | "end"} edge
 */
function edgeWord(place, edge) {
  const words = article.slice(place).trim().split(/\s+/);
  return (edge === "start" ? words[0] : words.at(-1)) ?? "";
}
