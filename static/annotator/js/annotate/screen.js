// @ts-check
/** What stands around the text: counts, undo and redo, the toast, the key hint. */

import { keepFocus } from "./focus.js";
import { maybe } from "./page.js";
import { remember, remembered } from "./remembered.js";
import { sayCount } from "./words.js";

/** @typedef {import("./editor.js").Editor} Editor */

const TOAST = 12_000;
let toastTimer = 0;
const shownCounts = [...document.querySelectorAll("[data-count]")];

/** Bring every number and button on the page to how things stand.
 * @param {Editor} editor
 */
export function showCounts(editor) {
  const counts = editor.highlights.counts();
  const total = editor.highlights.all().length;
  for (const shown of shownCounts) {
    const count = String(counts.get(shown.getAttribute("data-count") ?? "") ?? 0);
    if (shown.textContent !== count) shown.textContent = count;
  }
  const number = maybe("total");
  if (number && number.textContent !== String(total)) {
    number.textContent = String(total);
    if (number.nextSibling) number.nextSibling.textContent = ` ${sayCount("highlights", total)}`;
  }
  const all = maybe("show-total");
  if (all) all.textContent = String(total);
  for (const [id, can] of /** @type {[string, boolean][]} */ ([
    ["undo", editor.history.canUndo],
    ["redo", editor.history.canRedo],
  ])) {
    const button = maybe(id);
    if (button instanceof HTMLButtonElement) dim(button, !can || !editor.isWritable);
  }
}

/** Say of a button that it has nothing to do. It can be reached still: switched off, it would lose the focus.
 * @param {HTMLButtonElement} button @param {boolean} isDim
 */
function dim(button, isDim) {
  button.disabled = false;
  button.setAttribute("aria-disabled", String(isDim));
}

/** A short word at the foot of the page, with Undo where it can be undone; it stays long enough to be reached.
 * @param {string} words
 * @param {(() => void) | null} [undo]
 */
export function toast(words, undo = null) {
  const shown = maybe("toast");
  const button = shown?.querySelector("button");
  const text = shown?.querySelector("span");
  if (!shown || !button || !text) return;
  text.textContent = words;
  keepFocus(() => (button.hidden = !undo));
  button.onclick = () => {
    hideToast();
    undo?.();
  };
  shown.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = window.setTimeout(() => {
    if (!shown.matches(":hover, :focus-within")) hideToast();
  }, TOAST);
}

export function hideToast() {
  const shown = maybe("toast");
  if (shown && !shown.hidden) keepFocus(() => (shown.hidden = true));
}

/** The key hint stands at the foot until the keys were used once. */
export function showHint() {
  const hint = maybe("hint");
  if (hint) hint.hidden = remembered("hint") === "seen";
}

export function leaveHint() {
  const hint = maybe("hint");
  if (!hint || hint.hidden) return;
  hint.hidden = true;
  remember("hint", "seen");
}
