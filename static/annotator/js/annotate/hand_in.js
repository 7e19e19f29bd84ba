// @ts-check
/** Handing in: asked once, and never before everything is on the server. */

import { article, maybe } from "./page.js";
import { openPanel } from "./pill.js";
import { sayCount } from "./words.js";

/** @typedef {import("./editor.js").Editor} Editor */

const MOST_LISTED = 12;
/** In the question, and in the notice of a reading just closed. */
const FORMS = "#hand-in-form, [data-hand-in-late]";
/** The one that goes as soon as everything is saved.
 * @type {HTMLFormElement | null} */
let waiting = null;

/** @param {Editor} editor */
export function followHandIn(editor) {
  const dialog = maybe("hand-in-dialog");
  if (dialog instanceof HTMLDialogElement) followQuestion(dialog, editor);
  // The notice comes while one reads, and is shown anew.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches(FORMS)) return;
    event.preventDefault();
    form.closest("dialog")?.close();
    void handIn(form, editor);
  });
  maybe("almost")?.addEventListener("close", () => {
    waiting = null;
  });
}

/** @param {HTMLDialogElement} dialog @param {Editor} editor */
function followQuestion(dialog, editor) {
  maybe("hand-in")?.addEventListener("click", (event) => {
    event.preventDefault();
    showState(dialog, editor);
    if (!dialog.open) dialog.showModal();
  });
  dialog.querySelector("[data-close]")?.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
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

/** @param {HTMLFormElement} form @param {Editor} editor */
async function handIn(form, editor) {
  // A page just opened may not have read yet what is kept here.
  await editor.outbox.sync();
  if (editor.outbox.refused.length > 0) openPanel("attention");
  else if (editor.outbox.isEmpty) form.submit();
  else waitFor(form, editor);
}

/** @param {HTMLFormElement} form @param {Editor} editor */
function waitFor(form, editor) {
  waiting = form;
  const words = maybe("almost")?.querySelector("[data-words]");
  if (words) words.textContent = sayCount("almost", editor.outbox.operations.length);
  openPanel("almost");
  void editor.outbox.wake();
}

/** Hand in now if the reader is waiting for it and nothing is on its way any more.
 * @param {Editor} editor
 */
export function handInWhenSaved(editor) {
  if (!waiting || !editor.outbox.isEmpty) return;
  // The notice may have been shown anew meanwhile.
  const form = waiting.isConnected ? waiting : document.querySelector(FORMS);
  const almost = maybe("almost");
  waiting = null;
  if (almost instanceof HTMLDialogElement) almost.close();
  if (editor.outbox.refused.length > 0) openPanel("attention");
  else if (form instanceof HTMLFormElement) form.submit();
}
