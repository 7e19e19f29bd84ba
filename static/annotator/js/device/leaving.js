// @ts-check
/** Leaving a shared computer: nothing unsent is lost without a word, and nothing of the reader's stays behind. */

import { leaveCopies } from "./copies.js";
import { PREFIX } from "./database.js";
import { leaveOutbox, outbox, watchers } from "./outbox.js";
import { counted, listRefused } from "./refused.js";
import { isRegistered } from "./register.js";
import { memberKey } from "./sending.js";
import { storeOf } from "./store.js";

const PATIENCE = 3_000;

/** Every form that ends the session says so with data-leaving. */
export function followLeaving() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !("leaving" in form.dataset)) return;
    event.preventDefault();
    void decide(form);
  });
}

/** This page may not have read yet what is kept here: the device is asked. Where it does not tell, its reader is.
 * @param {HTMLFormElement} form
 */
async function decide(form) {
  const known = outbox.total || (await Promise.race([numberKept().catch(() => null), patience(null)]));
  if (known && outbox.total === 0) await outbox.sync();
  if (known !== null && outbox.total === 0) void leave(form);
  else ask(form);
}

/** How many changes this reader's database holds; null where it cannot be read. */
async function numberKept() {
  // Who has changed nothing has none, and gets none.
  if (!(await isRegistered(PREFIX + memberKey).catch(() => false))) return 0;
  const { store, isDurable } = await storeOf(memberKey);
  return isDurable ? (await store.load()).length : null;
}

/** @template T @param {T} value @returns {Promise<T>} */
function patience(value) {
  return new Promise((resolve) => setTimeout(() => resolve(value), PATIENCE));
}

/** “Keep trying” is what Enter and Escape do; when all is sent meanwhile, the reader leaves as was asked.
 * @param {HTMLFormElement} form
 */
function ask(form) {
  const dialog = document.getElementById("leaving");
  if (!(dialog instanceof HTMLDialogElement)) return;
  // Where nobody can tell what is kept, nothing tells when it is sent.
  const isKnown = outbox.total > 0;
  const look = () => {
    if (isKnown && outbox.total === 0) dialog.close("leave");
    else show(dialog);
  };
  const discard = dialog.querySelector("[data-discard]");
  const drop = () => dialog.close("leave");
  discard?.addEventListener("click", drop);
  watchers.add(look);
  dialog.returnValue = "";
  dialog.addEventListener(
    "close",
    () => {
      watchers.delete(look);
      discard?.removeEventListener("click", drop);
      if (dialog.returnValue === "leave") void leave(form);
    },
    { once: true },
  );
  show(dialog);
  dialog.showModal();
  void outbox.wake();
}

/** How many changes wait, which were refused, or that nobody can tell; only where some wait it helps to try.
 * @param {HTMLDialogElement} dialog
 */
function show(dialog) {
  const waiting = outbox.entries.filter(({ refusal }) => !refusal).length;
  const [title, part] = [dialog.querySelector("h2"), dialog.querySelector("[data-refused]")];
  for (const each of dialog.querySelectorAll("[data-try], [data-stay]")) {
    each.toggleAttribute("hidden", waiting > 0 !== each.hasAttribute("data-try"));
  }
  if (!title || !(part instanceof HTMLElement)) return;
  listRefused(part);
  const heading = part.querySelector("p");
  if (heading) heading.hidden = waiting === 0;
  if (waiting > 0) title.textContent = counted(title, waiting);
  else title.textContent = (part.hidden ? title.dataset.unknown : heading?.textContent) ?? "";
}

/** End the session first, so that other tabs find it ended; then delete, then go on.
 * @param {HTMLFormElement} form
 */
async function leave(form) {
  outbox.close();
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    signal: AbortSignal.timeout(PATIENCE),
  }).catch(() => null);
  await Promise.race([Promise.allSettled([leaveOutbox(), leaveCopies()]), patience(null)]);
  // Without a good answer the form goes as it would without this script, and the browser shows what is wrong.
  if (answer?.ok && answer.redirected) location.assign(answer.url);
  else form.submit();
}
