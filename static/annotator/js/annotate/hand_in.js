// @ts-check
/** Handing in: asked once, and never before everything is on the server. */

import { article, maybe } from "./page.js";
import { openPanel } from "./pill.js";
import { sayCount } from "./words.js";

/** @typedef {import("./editor.js").Editor} Editor */

const MOST_LISTED = 12;
let isWaiting = false;

/** @param {Editor} editor */
export function followHandIn(editor) {
  const dialog = maybe("hand-in-dialog");
  const form = maybe("hand-in-form");
  if (!(dialog instanceof HTMLDialogElement) || !(form instanceof HTMLFormElement)) return;
  maybe("hand-in")?.addEventListener("click", (event) => {
    event.preventDefault();
    showState(dialog, editor);
    if (!dialog.open) dialog.showModal();
  });
  dialog.querySelector("[data-close]")?.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  form.addEventListener("submit", (event) => {
    if (isSaved(editor)) return;
    event.preventDefault();
    dialog.close();
    if (editor.queue.refused.length > 0) openPanel("attention");
    else waitFor(editor);
  });
  maybe("almost")?.addEventListener("close", () => {
    isWaiting = false;
  });
}

/** What the question says: the totals and the blank paragraphs, or that nothing was marked.
 * @param {HTMLElement} dialog
 * @param {Editor} editor
 */
function showState(dialog, editor) {
  const total = editor.highlights.all().length;
  dialog.setAttribute("aria-labelledby", total ? "hand-in-title" : "hand-in-blank-title");
  for (const part of dialog.querySelectorAll("[data-with], [data-without]")) {
    if (part instanceof HTMLElement) part.hidden = "with" in part.dataset !== total > 0;
  }
  const line = dialog.querySelector("[data-blank]");
  if (!(line instanceof HTMLElement)) return;
  const blank = article.blocks.filter((block) => block.paragraph && editor.highlights.touching(block).length === 0);
  const list = blank.map(({ paragraph }) => paragraph).join(", ");
  line.hidden = blank.length === 0;
  line.textContent =
    blank.length > MOST_LISTED ? sayCount("blank-many", blank.length) : sayCount("blank", blank.length, { list });
}

/** @param {Editor} editor */
function isSaved(editor) {
  return editor.queue.isEmpty && editor.queue.refused.length === 0;
}

/** @param {Editor} editor */
function waitFor(editor) {
  isWaiting = true;
  const words = maybe("almost")?.querySelector("[data-words]");
  if (words) words.textContent = sayCount("almost", editor.queue.operations.length);
  openPanel("almost");
  void editor.queue.wake();
}

/** Hand in now if the reader is waiting for it and nothing is on its way any more.
 * @param {Editor} editor
 */
export function handInWhenSaved(editor) {
  const form = maybe("hand-in-form");
  if (!isWaiting || !editor.queue.isEmpty || !(form instanceof HTMLFormElement)) return;
  const almost = maybe("almost");
  isWaiting = false;
  if (almost instanceof HTMLDialogElement) almost.close();
  if (editor.queue.refused.length > 0) openPanel("attention");
  else form.requestSubmit();
}
