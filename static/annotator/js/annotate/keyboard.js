// @ts-check
/** The keys: they work while the text has the focus, undo and redo everywhere but in fields. */

import { digitOf } from "../lib/digits.js";
import { caret, isRightToLeft, moveCaret } from "./caret.js";
import { choice, clear } from "./choice.js";
import { edgeKey, heldPlace, leaveEdge, takeEdge } from "./edge_keys.js";
import { areLettersOn } from "./letter_keys.js";
import { isDialogOpen, isMenuOpen, maybe, text } from "./page.js";
import { goIn, isInTags, tagsKey } from "./tags_focus.js";

/** @typedef {import("./caret.js").Unit} Unit */
/** @typedef {import("./edge_keys.js").Marked} Marked */
/** @typedef {import("./edge_keys.js").Actions & {isWritable: boolean, tag: (key: number) => void, remove: () => void, close: () => void, undo: () => void, redo: () => void, step: (step: 1 | -1) => void, openAt: (offset: number) => Marked | undefined, open: () => Marked | undefined, card: () => HTMLElement | null, help: () => void, used: () => void}} Actions */

/** @param {Actions} actions */
export function followKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || isTyping(event.target) || isDialogOpen()) return;
    if (event.key === "Escape" && isMenuOpen()) return;
    if (handle(event, actions)) event.preventDefault();
  });
  document.addEventListener("pointerdown", () => leaveEdge(actions));
  text.addEventListener("blur", () => leaveEdge(actions));
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}

/** @param {KeyboardEvent} event @param {Actions} actions @returns {boolean} whether the key was ours */
function handle(event, actions) {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey) return !altKey && isUndo(event, actions);
  const card = event.target instanceof Element ? event.target.closest(".card") : null;
  if (card) return cardKey(event, card, actions);
  if (isInTags()) return tagsKey(event) || (letterKey(event, actions) ?? false);
  if (document.activeElement !== text) return key === "Escape" && clearAll(actions);
  if (key === "Tab") return !event.shiftKey && goIn(actions.card());
  return edgeKey(event, actions) || (moveKey(event, actions) ?? letterKey(event, actions) ?? namedKey(event, actions));
}

/** @param {KeyboardEvent} event @param {Actions} actions */
function isUndo({ key, shiftKey, ctrlKey }, actions) {
  const letter = key.toLowerCase();
  const isRedo = (letter === "z" && shiftKey) || (letter === "y" && ctrlKey);
  if (!isRedo && letter !== "z") return false;
  leaveEdge(actions);
  if (isRedo) actions.redo();
  else actions.undo();
  return true;
}

/** In a card: Delete removes its highlight when it is the open one, Escape goes back to the text.
 * @param {KeyboardEvent} event @param {Element} card @param {Actions} actions
 */
function cardKey({ key }, card, actions) {
  if (key === "Delete" && card.classList.contains("active")) actions.remove();
  else if (key === "Escape") {
    text.focus({ preventScroll: true });
    clearAll(actions);
  } else return false;
  return true;
}

/** @param {Actions} actions */
function clearAll(actions) {
  leaveEdge(actions);
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
  moveCaret(move[0], move[1] > 0 ? 1 : -1, shiftKey && actions.isWritable);
  actions.used();
  return true;
}

/** Keys that are one character, which can be switched off; undefined for any other key.
 * @param {KeyboardEvent} event @param {Actions} actions @returns {boolean | undefined}
 */
function letterKey(event, actions) {
  const { key, altKey } = event;
  const isBracket = key === "[" || key === "]";
  // Where a bracket takes Alt to write, Alt is part of it.
  if ((altKey && !isBracket) || key.length > 1 || !areLettersOn()) return undefined;
  const letter = key.toLowerCase();
  const digit = isBracket ? "" : digitOf(event);
  if (letter === "?") actions.help();
  else if (letter === "n") actions.step(1);
  else if (letter === "p") actions.step(-1);
  else if (!actions.isWritable) return undefined;
  else if (digit) actions.tag(Number(digit));
  else if (isBracket) {
    const marked = heldPlace() ? undefined : (actions.open() ?? actions.openAt(caret()));
    takeEdge(key === "[" ? "start" : "end", marked, actions);
  } else return undefined;
  actions.used();
  return true;
}

/** Keys with a name.
 * @param {KeyboardEvent} event @param {Actions} actions
 */
function namedKey({ key, altKey }, actions) {
  if (altKey) return false;
  if (key === "Delete" || key === "Backspace") actions.remove();
  else if (key === "Escape") return clearAll(actions);
  else if (key === "Enter") actions.openAt(choice()?.start ?? caret());
  else return false;
  actions.used();
  return true;
}

/** The help dialog, by its button too.
 * @returns {() => void} opens it
 */
export function followHelp() {
  const button = maybe("help");
  const dialog = maybe("help-dialog");
  if (!(dialog instanceof HTMLDialogElement)) return () => {};
  const open = () => dialog.showModal();
  if (button) button.hidden = false;
  button?.addEventListener("click", open);
  dialog.addEventListener("close", () => text.focus({ preventScroll: true }));
  return open;
}
