// @ts-check
/** Choosing words by mouse and by finger. */

import { offsetAt, selectedPlace } from "../lib/selection.js";
import { setCaret } from "./caret.js";
import { choice, choose, clear, meant } from "./choice.js";
import { article, maybe, text } from "./page.js";
import { hold } from "./painter.js";

// The browser settles its selection a moment after the button is let go.
const SETTLE = 10;
const FINGER_SETTLE = 250;

/** Parts that a press must not take the chosen words away. */
const KEEPS = "#popover, #sheet, #legend, .card";

/** @param {{onMark: (numbers: string[]) => void, isWritable: boolean}} options `onMark`: a click on marked words */
export function followPointer({ onMark, isWritable }) {
  let isTouch = false;
  let isDown = false;
  let timer = 0;

  text.addEventListener("pointerdown", (event) => {
    isTouch = event.pointerType === "touch";
    isDown = true;
    if (!isTouch && event.button === 0) hold(true);
  });
  document.addEventListener("pointerdown", (event) => {
    const isKept = event.target instanceof Element && event.target.closest(KEEPS);
    if (choice() && !isKept && !(event.target instanceof Node && text.contains(event.target))) clear();
  });
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => {
      if (isDown && !isTouch) setTimeout(() => hold(false), SETTLE);
      isDown = false;
      if (isTouch && isWritable) later();
    });
  }
  text.addEventListener("mouseup", (event) => {
    if (event.button !== 0 || isTouch) return;
    const { clientX: x, clientY: y, detail: clicks, altKey: isExact } = event;
    setTimeout(() => readMouse({ x, y, clicks, isExact }), SETTLE);
  });
  text.addEventListener("click", (event) => {
    if (isTouch && document.getSelection()?.isCollapsed !== false) clickMark(event.target);
  });
  document.addEventListener("selectionchange", () => {
    if (isTouch && isWritable && !isDown) later();
  });

  /** With no finger down and the selection at rest, it is meant. */
  function later() {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      const place = selectedPlace(text, document.getSelection());
      if (isDown || !place) return;
      const words = meant(place);
      if (words) choose(words, { isTouch: true });
    }, FINGER_SETTLE);
  }

  /** @param {{x: number, y: number, clicks: number, isExact: boolean}} release */
  function readMouse({ x, y, clicks, isExact }) {
    const at = offsetAt(text, x, y);
    const place = clicks > 2 ? wholePlace(at, clicks) : selectedPlace(text, document.getSelection());
    const words = place && isWritable ? meant(place, isExact && clicks < 3) : null;
    if (words) {
      setCaret(words.end);
      choose(words);
      return;
    }
    clear();
    if (at !== null) setCaret(at);
    if (!place) clickMark(document.elementFromPoint(x, y));
  }

  /** @param {EventTarget | null} target */
  function clickMark(target) {
    const mark = target instanceof Element ? target.closest("mark") : null;
    onMark(mark?.dataset.h?.split(" ") ?? []);
  }
}

/** Three clicks mean the sentence, four the paragraph.
 * @param {number | null} at
 * @param {number} clicks
 */
function wholePlace(at, clicks) {
  if (at === null) return null;
  const block = article.blockAt(at);
  return clicks === 3 ? article.sentenceAt(at) : block ? { start: block.start, end: block.end } : null;
}

/** The buttons for what is chosen: they must not take the focus, or the browser would drop the selection.
 * @param {{label: (slug: string) => void, nudge: (edge: "start" | "end", step: 1 | -1) => void, clear: () => void, remove: () => void, toCard: () => void}} actions
 */
export function followButtons(actions) {
  for (const id of ["popover", "sheet", "legend"]) {
    const holder = maybe(id);
    if (!holder) continue;
    holder.addEventListener("mousedown", (event) => event.preventDefault());
    if (id === "sheet") holder.addEventListener("pointerdown", keepFocus);
    holder.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button") : null;
      if (!button) return;
      if (button.dataset.label) actions.label(button.dataset.label);
      if (button.dataset.nudge) nudgeBy(button.dataset.nudge, actions.nudge);
      if ("clear" in button.dataset) actions.clear();
      if ("remove" in button.dataset) actions.remove();
      if ("toCard" in button.dataset) actions.toCard();
    });
  }
}

/** @param {Event} event */
function keepFocus(event) {
  if (event.target instanceof Element && event.target.closest("button")) event.preventDefault();
}

/** @param {string} name such as "start-back"
 * @param {(edge: "start" | "end", step: 1 | -1) => void} nudge
 */
function nudgeBy(name, nudge) {
  const [edge, way] = name.split("-");
  nudge(edge === "start" ? "start" : "end", way === "on" ? 1 : -1);
}
