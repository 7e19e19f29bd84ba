// @ts-check
/** Choosing words by mouse and by finger. */

import { offsetAt, offsetOf, selectedPlace } from "../lib/selection.js";
import { setCaret } from "./caret.js";
import { choice, choose, clear, meant } from "./choice.js";
import { isExact } from "./exact.js";
import { article, maybe, text } from "./page.js";
import { hold, offsetNear, select } from "./painter.js";
import { showPending } from "./pending.js";
import { isByTap, tappedPlace } from "./tap_words.js";

// The browser settles its selection a moment after the button is let go.
const SETTLE = 10;
const FINGER_SETTLE = 250;

// Where a choice may begin, and the parts whose press must not take the chosen words away.
const GROUND = ".reading-grid";
const KEEPS = "#popover, #sheet, #legend, #beside, #beside-line, .card, .handle, #here, #definitions, #map-slider";

/** @param {{onMark: (numbers: string[]) => void, isWritable: boolean}} options `onMark`: a click on marked words */
export function followPointer({ onMark, isWritable }) {
  let isTouch = false;
  let isDown = false;
  let timer = 0;
  /** Read the last release of the mouse; nothing where it is read already. */
  let readRelease = () => {};
  /** @type {MouseEvent | null} */
  let mouse = null;
  /** Where a drag began beside the text.
   * @type {number | null} */
  let from = null;

  document.addEventListener("pointerdown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (choice() && !target?.closest(KEEPS) && !target?.closest("#text")) clear();
    // A drag may begin or end beside the text: people aim at the first letter, not into it.
    isDown = target?.closest(GROUND) !== null && !target?.closest(KEEPS) && event.button === 0;
    isTouch = event.pointerType === "touch";
    if (isDown && !isTouch) hold(true);
  });
  document.addEventListener("mousedown", (event) => {
    from = null;
    mouse = null;
    const isBeside = !(event.target instanceof Element && event.target.closest(".block"));
    if (!isDown || isTouch || !isBeside || !isWritable) return;
    // The browser would choose from the top of the page on: from here the choice is ours.
    event.preventDefault();
    text.focus({ preventScroll: true });
    from = offsetNear(event);
  });
  document.addEventListener("mousemove", (event) => {
    const place = isDown && !isTouch ? placeTo(event) : null;
    if (place) select(place);
    mouse = event;
  });
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, letGo);
  window.addEventListener("blur", letGo);
  document.addEventListener("mouseup", (event) => {
    if (event.button !== 0 || isTouch || !isDown) return;
    isDown = false;
    // Read now: a notice that comes up in the next moment moves the text away from under the pointer.
    const { target, clientX, clientY, detail: clicks } = event;
    const at = offsetAt(text, clientX, clientY);
    const release = { target, at, near: offsetNear(event), clicks, isByLetter: isExact(event) };
    readRelease = () => {
      readRelease = () => {};
      readMouse(release);
    };
    setTimeout(() => readRelease(), SETTLE);
  });
  // A key right after a click means the place of this click, not the one before.
  document.addEventListener("keydown", () => readRelease(), { capture: true });
  // The chosen words are not a thing to drag elsewhere.
  text.addEventListener("dragstart", (event) => event.preventDefault());
  text.addEventListener("click", (event) => {
    if (!isTouch || (!isByTap() && document.getSelection()?.isCollapsed === false)) return;
    if (isWritable && tapAt(offsetAt(text, event.clientX, event.clientY))) return;
    // A tap is no choice: it puts the last one away.
    if (choice()) clear();
    clickMark(event.target);
  });
  document.addEventListener("selectionchange", () => {
    if (isTouch && isWritable && !isDown) later();
    // The browser tells of the move before it selects: only now is the selection that of the mouse's last place.
    if (!isTouch && isWritable && isDown && mouse) preview(mouse);
  });

  /** Nothing is pressed any more: what waited may be painted, a finger's choice be read. */
  function letGo() {
    // What was chosen is read first: painting may take the browser's selection away.
    if (!isTouch)
      setTimeout(() => {
        readRelease();
        hold(false);
      }, SETTLE);
    if (!isTouch) return;
    isDown = false;
    if (isWritable) later();
  }

  /** With no finger down and the selection at rest, it is meant. */
  function later() {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      const place = selectedPlace(text, document.getSelection());
      const known = choice();
      // What this page itself has selected is chosen already.
      if (isDown || !place || (place.start === known?.start && place.end === known.end)) return;
      const words = meant(place, isExact());
      if (words) choose(words, { isTouch: true, from: place });
    }, FINGER_SETTLE);
  }

  /** @param {MouseEvent} event */
  function placeTo(event) {
    const to = from === null ? null : offsetNear(event);
    if (from === null || to === null || from === to) return null;
    return { start: Math.min(from, to), end: Math.max(from, to) };
  }

  /** `at` is the place under the mouse, `near` the nearest on its line.
   * @param {{target: EventTarget | null, at: number | null, near: number | null, clicks: number, isByLetter: boolean}} release
   */
  function readMouse({ target, at, near, clicks, isByLetter }) {
    if (clicks === 1 && isWritable && document.getSelection()?.isCollapsed !== false && tapAt(at)) return;
    const place = clicks > 2 ? wholePlace(at, clicks) : releasedPlace(() => near);
    const words = place && isWritable ? meant(place, isByLetter && clicks < 3) : null;
    if (words) {
      setCaret(words.end);
      choose(words, { from: clicks < 3 ? place : null });
      return;
    }
    clear();
    if (at !== null) setCaret(at);
    if (!place) clickMark(target);
  }

  /** @param {number | null} at */
  function tapAt(at) {
    const place = tappedPlace(at);
    if (place) choose(place);
    return place !== null;
  }

  /** @param {EventTarget | null} target */
  function clickMark(target) {
    const mark = target instanceof Element ? target.closest("mark") : null;
    onMark(mark?.dataset.h?.split(" ") ?? []);
  }
}

/** What the browser has chosen; a drag that ended beside the text ends on the line where it was let go.
 * @param {() => number | null} near the place on that line
 */
function releasedPlace(near) {
  const selection = document.getSelection();
  const { anchorNode = null, focusNode = null, anchorOffset = 0 } = selection ?? {};
  const isBeside = focusNode !== null && !text.contains(focusNode) && text.contains(anchorNode);
  const to = isBeside ? near() : null;
  const from = isBeside && anchorNode ? offsetOf(text, anchorNode, anchorOffset) : null;
  if (from === null || to === null || from === to) return selectedPlace(text, selection);
  return { start: Math.min(from, to), end: Math.max(from, to) };
}

/** While the mouse drags: what would be chosen if it were let go now, grown to whole words.
 * @param {MouseEvent} event
 */
function preview(event) {
  const place = releasedPlace(() => offsetNear(event));
  showPending(place && meant(place, isExact(event)));
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

/** What a button that nudges an edge says of it.
 * @param {string} name such as "start-back"
 * @param {(edge: "start" | "end", step: 1 | -1) => void} nudge
 */
export function nudgeBy(name, nudge) {
  const [edge, way] = name.split("-");
  nudge(edge === "start" ? "start" : "end", way === "on" ? 1 : -1);
}
