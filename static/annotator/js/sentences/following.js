// @ts-check
/** Takes over the list's own forms, fields and links: what is chosen or typed saves itself, and nothing leaves unsaved. */

import { say } from "../annotate/words.js";
import { unsaved } from "./fields.js";
import { isBusy, isStuck, send, sendWaiting, show, tryAgain, whenSaved } from "./saving.js";

/** In the question, and in the notice of a reading just closed. */
const HAND_IN = "#hand-in-form, [data-hand-in-late]";

/** Take over every form but those that lead to another page: these wait till all is saved. */
export function followSaving() {
  document.addEventListener("submit", followForm);
  document.addEventListener("change", followField);
  document.addEventListener("click", followLink);
  document.getElementById("unsaved")?.addEventListener("click", () => void tryAgain());
  window.addEventListener("online", sendWaiting);
  window.addEventListener("beforeunload", (event) => {
    if (isBusy() || unsaved().length > 0) event.preventDefault();
  });
}

/** @param {SubmitEvent} event */
function followForm(event) {
  const { target: form, submitter } = event;
  if (!(form instanceof HTMLFormElement) || "here" in form.dataset) return;
  if (form.matches(`${HAND_IN}, :is(#lesson, #round, .key-banner) form`)) holdBack(event, form);
  else if (form.closest("#sentences, #steps")) {
    event.preventDefault();
    if (submitter instanceof HTMLButtonElement && submitter.value) choose(form, submitter);
    send(form);
  }
}

/** What is on its way would come late, or not at all, once the reading is handed in.
 * @param {SubmitEvent} event @param {HTMLFormElement} form
 */
function holdBack(event, form) {
  if (!isBusy()) return;
  event.preventDefault();
  whenSaved(
    () => {
      // Saving has shown the list anew: the notice may be another by now.
      const now = form.isConnected ? form : document.querySelector(HAND_IN);
      if (now instanceof HTMLFormElement) now.requestSubmit();
    },
    { stay: () => form.closest("dialog")?.close() },
  );
}

/** A button that stands for a choice, such as the proposed link: it is made in its field, which has the focus from then
 * on, for the button goes.
 * @param {HTMLFormElement} form @param {HTMLButtonElement} button
 */
function choose(form, { name, value }) {
  const field = form.querySelector(`select[name="${CSS.escape(name)}"]`);
  if (!(field instanceof HTMLSelectElement)) return;
  field.value = value;
  field.focus({ preventScroll: true });
}

/** @param {Event} event */
function followField({ target: field }) {
  if (!(field instanceof Element)) return;
  const details = field.closest('[data-do="detail"]');
  if (details instanceof HTMLFormElement) send(details);
  if (!(field instanceof HTMLInputElement) || field.name !== "label" || !field.form) return;
  const name = field.closest("label")?.querySelector("span:not(.swatch)")?.textContent ?? "";
  send(field.form, say(field.checked ? "ticked" : "unticked", { label: name, n: numberOf(field) }));
}

/** The number of the sentence around a field.
 * @param {Element} field
 */
function numberOf(field) {
  return field.closest("[data-sentence]")?.querySelector(".sentence-number")?.lastChild?.textContent?.trim() ?? "";
}

/** @param {MouseEvent} event */
function followLink(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const isOurs = link.matches("[data-words], [data-leave]");
  if (!isOurs && !(isLeaving(link) && isBusy() && !isStuck())) return;
  event.preventDefault();
  if (isOurs) show(link.href, "select");
  // The press that leaves a field also saves it: what it leads to comes a moment later.
  else whenSaved(() => location.assign(link.href));
}

/** Whether a link leads away from this page, in this tab.
 * @param {HTMLAnchorElement} link
 */
function isLeaving(link) {
  const isHere = link.hash !== "" && link.pathname === location.pathname && link.search === location.search;
  return link.target !== "_blank" && !link.hasAttribute("download") && !isHere;
}
