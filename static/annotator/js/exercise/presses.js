// @ts-check
/** Presses that leave one where one is: sent in the background, and the page brought to what the server answers. */

import { setTime } from "./clock.js";
import { askSoon, say } from "./following.js";
import { pageIn, showPage } from "./swapping.js";

const TIMEOUT = 15_000;
/** So long it is said what a press did. */
const SAID = 6_000;
/** One press after the other, so that none overtakes another. */
let queue = Promise.resolve();
let timer = 0;

/** Take over the forms that say so with `data-press`; one of `data-at-once` sends itself when a box is ticked. */
export function listen() {
  for (const button of document.querySelectorAll("[data-at-once] [data-plain]")) button.setAttribute("hidden", "");
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !("press" in form.dataset)) return;
    event.preventDefault();
    const button = event.submitter;
    const action =
      button?.hasAttribute("formaction") && button instanceof HTMLButtonElement ? button.formAction : form.action;
    const body = new FormData(form, button);
    queue = queue.then(() => press(form, action, body));
  });
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box instanceof HTMLInputElement && box.form && "atOnce" in box.form.dataset) box.form.requestSubmit();
  });
}

/** @param {HTMLFormElement} form
 * @param {string} action
 * @param {FormData} body
 */
async function press(form, action, body) {
  try {
    const answer = await fetch(action, { method: "POST", body, signal: AbortSignal.timeout(TIMEOUT) });
    setTime(answer);
    const fresh = pageIn(await answer.text());
    if (!fresh) return leave(answer);
    settle(form);
    showPage(fresh);
    tell(fresh);
    say(true);
    askSoon();
  } catch {
    say(false);
    tell(null);
  }
}

/** What was sent counts as said: its fields are no longer in use.
 * @param {HTMLFormElement} form
 */
function settle(form) {
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && field.type === "checkbox") field.defaultChecked = field.checked;
    else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
      field.defaultValue = field.value;
  }
}

/** The answer is another page, such as the door or an error.
 * @param {Response} answer
 */
function leave(answer) {
  if (answer.ok && answer.redirected) location.assign(answer.url);
  else location.reload();
}

/** Say what happened, without moving anything on the page. A refusal stands in the page itself and is read from there.
 * @param {Document | null} fresh null where nothing was heard
 */
function tell(fresh) {
  const said = document.getElementById("said");
  if (!said) return;
  const messages = [...(fresh?.querySelectorAll(".messages p") ?? [])].map((each) => each.textContent);
  said.textContent = fresh ? messages.join(" ") : (said.dataset.failing ?? "");
  said.hidden = said.textContent === "";
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    said.hidden = true;
  }, SAID);
}
