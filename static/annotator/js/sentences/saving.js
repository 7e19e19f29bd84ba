// @ts-check
/** Sends the page's own forms one after the other, and brings the page to what the server answers. */

import { announce, icon, say } from "../annotate/words.js";
import { afterSwap, bring, isList, listNow, opened, parsed, refusal, showRefusal } from "./bringing.js";
import { said, unsaved } from "./fields.js";

/** @typedef {import("./fields.js").Sent} Sent */
/** @typedef {{ok: boolean, redirected: boolean, url: string, fresh: Document}} Answer */

const TIMEOUT = 15_000;

/** Forms that still have to go, in order; each is read when its turn comes, so that it holds the newest ticks.
 * @type {HTMLFormElement[]} */
let waiting = [];
/** @type {HTMLFormElement | null} */
let underWay = null;
/** Forms that were sent and not answered. They may have arrived, so they go again just as they were.
 * @type {Map<HTMLFormElement, FormData>} */
const unanswered = new Map();
/** Forms that the server refused, what they hold still in them.
 * @type {Set<HTMLFormElement>} */
const refused = new Set();
/** What is said once a form is saved.
 * @type {Map<HTMLFormElement, string>} */
const messages = new Map();
/** What comes once all is saved, or instead where something cannot be.
 * @type {{go: () => void | Promise<void>, stay?: (() => void) | undefined} | null} */
let then = null;
let isSending = false;
let hasFailed = false;
let isSignedOut = false;
/** Why the last form was not saved; nothing where there was no answer. */
let reason = "";

/** Whether something has yet to be saved; what was refused as it stands is not waited for. */
export const isBusy = () => waiting.length > 0 || underWay !== null || unsaved().some((form) => !refused.has(form));

/** Whether the last try has failed: then the browser itself asks who leaves. */
export const isStuck = () => hasFailed;

/** Send a form when its turn comes.
 * @param {HTMLFormElement} form
 * @param {string} [message] said when it is saved
 */
export function send(
  form,
  message = say(form.dataset.way === "undo" ? "undone" : form.dataset.way ? "redone" : "done"),
) {
  queue(form, message);
  void drain();
}

/** @param {HTMLFormElement} form @param {string} message */
function queue(form, message) {
  messages.set(form, message);
  refused.delete(form);
  waiting = [...waiting.filter((each) => each !== form), form];
}

/** What is typed and not sent goes behind all that waits; what waits already keeps its turn.
 * @param {boolean} isAgain whether what was refused goes as well
 */
function queueUnsaved(isAgain) {
  for (const form of unsaved()) {
    if (!waiting.includes(form) && (isAgain || !refused.has(form))) queue(form, say("done"));
  }
}

/** Send what waits, and what is typed and not yet left, if anything is: its time may be running out. */
export function sendWaiting() {
  queueUnsaved(false);
  if (waiting.length > 0) void drain();
}

/** Send all there is, then go on; where something is not saved, the page stays as it is.
 * @param {() => void | Promise<void>} go
 * @param {{isAgain?: boolean, stay?: () => void}} [how] whether what was refused is tried again; what makes room for
 *   what has to be seen where the page stays
 */
export function whenSaved(go, { isAgain = false, stay } = {}) {
  queueUnsaved(isAgain);
  then = { go, stay };
  void drain();
}

/** Try again: signed in again meanwhile, perhaps, and then with new keys for the forms. */
export async function tryAgain() {
  const list = isSignedOut && !isSending ? await listNow() : null;
  if (list) {
    isSignedOut = false;
    bring(list, waiting);
  }
  queueUnsaved(true);
  await drain();
}

async function drain() {
  if (isSending) return;
  isSending = true;
  hasFailed = false;
  reason = "";
  tell();
  while (!hasFailed && (waiting.length > 0 || then)) {
    if (waiting.length > 0) hasFailed = !(await sendNext());
    else await goOn();
  }
  if (hasFailed) stayHere();
  isSending = false;
  tell();
  if (hasFailed) announce(reason || say("not-saved"));
}

async function goOn() {
  const next = then;
  then = null;
  await next?.go();
}

/** What could not be saved has to be seen before anything else comes. */
function stayHere() {
  then?.stay?.();
  then = null;
}

/** @returns {Promise<boolean>} whether the next one is saved, or need not be */
async function sendNext() {
  const form = waiting.shift();
  // What it was about is gone.
  if (!form?.isConnected) return true;
  const before = unanswered.get(form);
  const body = before ?? bodyOf(form);
  underWay = form;
  const answer = await answerTo(form, body);
  underWay = null;
  const isAsked = before !== undefined || waiting.includes(form);
  waiting = waiting.filter((each) => each !== form);
  if (!answer) {
    unanswered.set(form, body);
    waiting.unshift(form);
    return false;
  }
  unanswered.delete(form);
  // Changed anew while it was on its way, it goes once more, with what is now known of its sentence.
  if (isAsked && said(form) !== said(form, body)) waiting.push(form);
  if (!isList(answer.fresh)) return elsewhere(answer, form);
  return take(answer.fresh, answer.ok ? { form, body } : null, form);
}

/** The server's answer; null where there is none.
 * @param {HTMLFormElement} form @param {FormData} body @returns {Promise<Answer | null>}
 */
async function answerTo(form, body) {
  try {
    const answer = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(TIMEOUT) });
    if (answer.status >= 500 || answer.status === 429) return null;
    const { ok, redirected, url } = answer;
    return { ok, redirected, url, fresh: parsed(await answer.text()) };
  } catch {
    return null;
  }
}

/** @param {HTMLFormElement} form */
function bodyOf(form) {
  const body = new FormData(form);
  // What is open stays open.
  if (opened()) body.append("open", opened());
  return body;
}

/** Bring the page to the answer to a form, and tell what came of it.
 * @param {Document} fresh @param {Sent | null} saved @param {HTMLFormElement} form
 * @param {HTMLElement | null} [notice] why it was refused
 */
function take(fresh, saved, form, notice = fresh.querySelector("#sentences [role=alert]")) {
  const message = messages.get(form);
  if (!waiting.includes(form)) messages.delete(form);
  if (saved) refused.delete(form);
  notice?.remove();
  bring(fresh, waiting, saved);
  if (notice) {
    stayHere();
    showRefusal(form, notice);
  }
  // Of several things saved in one go the last is told.
  if (notice || waiting.length === 0) announce((notice?.textContent?.trim() || message) ?? "");
  return true;
}

/** Another page than this list: a refusal with its sentence, or the door.
 * @param {Answer} answer @param {HTMLFormElement} form
 */
async function elsewhere({ fresh, redirected, url }, form) {
  const why = redirected ? "" : (fresh.querySelector(".verdict-why")?.textContent?.trim() ?? "");
  const list = why ? await listNow() : null;
  if (list) {
    if (unsaved().includes(form)) refused.add(form);
    return take(list, null, form, refusal(why));
  }
  if (unsaved().length > 0) return stay(why, form);
  waiting = [];
  then = null;
  if (redirected) location.assign(url);
  else document.documentElement.replaceWith(fresh.documentElement);
  return true;
}

/** To go now would lose what is typed: say what is the matter, and keep it.
 * @param {string} why @param {HTMLFormElement} form
 */
function stay(why, form) {
  isSignedOut = !why;
  waiting = [form, ...waiting.filter((each) => each !== form)];
  const notice = why ? refusal(why) : signedOut();
  if (notice) showRefusal(form, notice);
  reason = notice?.querySelector("p")?.textContent ?? "";
  return false;
}

/** That the session has ended, and the way to sign in again. */
function signedOut() {
  const model = document.getElementById("signed-out");
  const notice = model instanceof HTMLTemplateElement ? model.content.firstElementChild?.cloneNode(true) : null;
  return notice instanceof HTMLElement ? notice : null;
}

/** Show another state of this page, such as the words of a highlight, and go into it, once all is saved.
 * @param {string} url
 * @param {string} focus the part of the highlight to go into
 */
export function show(url, focus) {
  // It would take with it what is typed, even what was refused.
  whenSaved(() => shown(url, focus), { isAgain: true });
}

/** @param {string} url @param {string} focus */
async function shown(url, focus) {
  const id = new URL(url).hash.slice(1);
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) });
    const fresh = parsed(await answer.text());
    if (!isList(fresh)) throw new Error(answer.statusText);
    bring(fresh, waiting);
  } catch {
    location.assign(url);
    return;
  }
  const edge = document.getElementById(id);
  const field = edge?.querySelector(focus) ?? edge?.querySelector("[data-words]");
  if (field instanceof HTMLElement) field.focus({ preventScroll: true });
  edge?.scrollIntoView({ block: "nearest" });
}

/** The pill: saved, saving, or what to do. */
function tell() {
  const pill = document.getElementById("saved");
  const button = document.getElementById("unsaved");
  const isUnsaved = hasFailed || unsaved().some((form) => refused.has(form));
  if (button) button.hidden = !isUnsaved;
  if (!pill) return;
  const isOnItsWay = waiting.length > 0 || underWay !== null;
  pill.hidden = isUnsaved;
  pill.className = `pill ${isOnItsWay ? "busy" : "ok"}`;
  const word = document.createElement("span");
  word.className = "word";
  word.textContent = say(isOnItsWay ? "saving" : "all-saved");
  pill.replaceChildren(icon(isOnItsWay ? "saving" : "check"), word);
}

// The server's own bar knows nothing of what is on its way.
afterSwap(tell);
