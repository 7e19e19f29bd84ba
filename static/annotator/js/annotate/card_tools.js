// @ts-check
/** What the buttons and fields of the cards do: the same as their plain forms, without leaving the page. */

import { nudged } from "../lib/steps.js";
import { words } from "../lib/words.js";
import { changeFrom } from "./detail_fields.js";
import { extentOf } from "./editor.js";
import { isExact } from "./exact.js";
import { article, cards, text } from "./page.js";
import { nudgeBy } from "./pointer.js";
import { announce, sayCount } from "./words.js";

/** @typedef {import("./editor.js").Editor} Editor */
/** @typedef {import("./opened.js").Opened} Opened */
/** @typedef {{relabel: (uuid: string, label: string) => void, remove: (uuid: string) => void}} Actions */

/** @param {Editor} editor @param {Opened} opened @param {Actions} actions */
export function followCards(editor, opened, actions) {
  cards.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const uuid = uuidOf(target);
    if (!uuid || !target || event.ctrlKey || event.metaKey) return;
    if (target.closest("[data-open-card]")) {
      event.preventDefault();
      if (opened.uuid === uuid) opened.close();
      else opened.open(uuid);
    } else if (target.closest("[data-reporter]")) {
      event.preventDefault();
      opened.open(target.closest("[data-reporter]")?.getAttribute("data-reporter") ?? uuid, { showsWords: true });
    } else if (target.closest("[data-go]")) {
      event.preventDefault();
      opened.open(uuid, { showsWords: true });
    } else if (target.closest("[data-retag]")) toggleLabels(target);
    else if (target.closest("[data-edges]") && editor.isWritable) {
      event.preventDefault();
      toggleEdges(target);
    } else if (target.closest("[data-nudge]")) {
      const name = target.closest("[data-nudge]")?.getAttribute("data-nudge") ?? "";
      nudgeBy(name, (edge, step) => nudgeEdge(editor, uuid, edge, step));
    } else if (!target.closest("a, button, input, textarea, select, label, form")) opened.open(uuid);
  });
  cards.addEventListener("submit", (event) => {
    const form = event.target instanceof HTMLFormElement ? event.target : null;
    const uuid = uuidOf(form);
    if (!form || !uuid) return;
    event.preventDefault();
    submit(editor, actions, form, uuid, event.submitter);
  });
  cards.addEventListener("focusout", (event) => saveNote(editor, event.target));
  cards.addEventListener("change", (event) => saveDetail(editor, event.target));
  cards.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target instanceof Element && event.target.matches("select, input, textarea")) {
      // What was typed is saved by leaving the field; the keys of the text work again.
      text.focus({ preventScroll: true });
    }
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      event.target.blur();
      text.focus({ preventScroll: true });
    }
  });
}

/** The highlight of the card around an element.
 * @param {Element | null} element
 */
function uuidOf(element) {
  const card = element?.closest("[data-span]");
  return card instanceof HTMLElement ? card.dataset.span : undefined;
}

/** @param {Editor} editor @param {Actions} actions @param {HTMLFormElement} form @param {string} uuid @param {HTMLElement | null} submitter */
function submit(editor, actions, form, uuid, submitter) {
  const doing = form.dataset.do;
  if (doing === "delete") actions.remove(uuid);
  else if (doing === "relabel" && submitter instanceof HTMLButtonElement) actions.relabel(uuid, submitter.value);
  else if (doing === "detail" && submitter instanceof HTMLButtonElement && submitter.value) {
    saveDetail(editor, submitter);
  } else if (doing === "detail") {
    saveDetail(editor, document.activeElement);
    saveNote(editor, form.querySelector("textarea"));
  }
}

/** Save a detail that was changed.
 * @param {Editor} editor
 * @param {EventTarget | null} field
 */
function saveDetail(editor, field) {
  const uuid = field instanceof Element ? uuidOf(field) : undefined;
  const known = editor.highlights.get(uuid);
  const change = known && changeFrom(field, known);
  if (uuid && change) editor.make({ op: "detail", span: uuid, ...change });
}

/** Save a note that was changed.
 * @param {Editor} editor
 * @param {EventTarget | null} field
 */
function saveNote(editor, field) {
  if (!(field instanceof HTMLTextAreaElement) || field.name !== "note") return;
  const uuid = uuidOf(field);
  const note = field.value.replaceAll("\r\n", "\n").trim();
  const known = editor.highlights.get(uuid);
  if (uuid && known && known.note !== note) editor.make({ op: "detail", span: uuid, note });
}

/** Save what is being typed: its page may go without its field being left. All else saves itself with each choice.
 * @param {Editor} editor
 */
export function saveTyped(editor) {
  const field = document.activeElement;
  if (!field || !cards.contains(field)) return;
  if (field.matches('[name="note"]')) saveNote(editor, field);
  if (field.matches('[name="source_name"]')) saveDetail(editor, field);
}

/** @param {Element} button */
function toggleLabels(button) {
  const form = button.closest("[data-card-tools]")?.querySelector('[data-do="relabel"]');
  if (!(form instanceof HTMLElement)) return;
  form.hidden = !form.hidden;
  button.closest("[data-retag]")?.setAttribute("aria-expanded", String(!form.hidden));
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Edges move by the sheet's own buttons, here within the card.
 * @param {Element} button
 */
function toggleEdges(button) {
  const tools = button.closest("[data-card-tools]");
  const shown = tools?.querySelector(".nudges");
  const model = document.querySelector("#sheet .nudges");
  if (shown) shown.remove();
  else if (model) tools?.querySelector(".card-actions")?.after(model.cloneNode(true));
  tools?.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Move one edge of a highlight by a word; by a character while letters count.
 * @param {Editor} editor @param {string} uuid @param {"start" | "end"} edge @param {1 | -1} step
 */
export function nudgeEdge(editor, uuid, edge, step) {
  const known = editor.highlights.get(uuid);
  if (known) moveTo(editor, uuid, nudged(article, known, edge, step, isExact()));
}

/** Move a highlight to other edges; false where they are the same.
 * @param {Editor} editor @param {string} uuid @param {{start: number, end: number}} place
 */
export function moveTo(editor, uuid, { start, end }) {
  const known = editor.highlights.get(uuid);
  if (!known || (known.start === start && known.end === end)) return false;
  editor.make({ op: "move", span: uuid, ...extentOf({ start, end }) });
  announce(sayCount("moved", words(article.slice({ start, end })).length));
  return true;
}
