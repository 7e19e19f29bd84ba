// @ts-check
/** Brings this page to what the server answers; what is not saved yet, and the focus, stay. */

import { icon } from "../annotate/words.js";
import { held, stays } from "./fields.js";

/** @typedef {import("./fields.js").Sent} Sent */

const PARTS = ["sentences", "steps", "sentence-counts", "sentence-dock"];
const TIMEOUT = 15_000;

/** @type {(() => void)[]} */
const listeners = [];

/** Be told whenever the page was brought to the server's answer.
 * @param {() => void} listener
 */
export function afterSwap(listener) {
  listeners.push(listener);
  listener();
}

/** The number of the highlight that is open, or nothing.
 * @returns {string}
 */
export function opened() {
  const edge = document.querySelector(".edge.open");
  return edge instanceof HTMLElement ? (edge.dataset.number ?? "") : "";
}

/** @param {string} html */
export const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

/** @param {Document} fresh */
export const isList = (fresh) => fresh.getElementById("sentences") !== null;

/** This list as the server has it now; null where it cannot be had.
 * @returns {Promise<Document | null>}
 */
export async function listNow() {
  const page = new URLSearchParams(location.search).get("page") ?? "1";
  const query = new URLSearchParams({ page, open: opened() });
  try {
    const answer = await fetch(`${location.pathname}?${query}`, { signal: AbortSignal.timeout(TIMEOUT) });
    const fresh = parsed(await answer.text());
    return isList(fresh) ? fresh : null;
  } catch {
    return null;
  }
}

/** Bring the page to `fresh`.
 * @param {Document} fresh @param {readonly HTMLFormElement[]} waiting forms that have yet to go
 * @param {Sent | null} [saved] what this is the answer to
 */
export function bring(fresh, waiting, saved = null) {
  const before = document.activeElement;
  const forms = held(waiting, saved);
  // Why something was not saved stands there as long as it is not.
  const kept = [...forms, ...forms.flatMap(({ id }) => document.getElementById(refusalOf(id)) ?? [])];
  const callbacks = {
    beforeNodeMorphed: (/** @type {Node} */ node) => !stays(node, waiting, saved),
    beforeNodeRemoved: (/** @type {Node} */ node) => !kept.some((part) => node.contains(part)),
    // What was unfolded stays so.
    beforeAttributeUpdated: (/** @type {string} */ name, /** @type {Element} */ node) =>
      !(name === "open" && node instanceof HTMLDetailsElement),
  };
  for (const part of PARTS) {
    const [old, now] = [document.getElementById(part), fresh.getElementById(part)];
    if (old && now) Idiomorph.morph(old, now, { morphStyle: "outerHTML", callbacks });
  }
  for (const listener of listeners) listener();
  keepFocus(before);
}

/** The id of what says why a form was refused; one of its own, so that it is taken for no other part of the list.
 * @param {string} form its id
 */
const refusalOf = (form) => `refusal-${form}`;

/** The server's reason, with the sentence that it is about: the head of the list may be far away.
 * @param {HTMLFormElement} form @param {HTMLElement} notice
 */
export function showRefusal(form, notice) {
  const place = form.closest("[data-sentence]") ?? document.querySelector(".sentence.now, .sentences-head");
  notice.id = refusalOf(form.id);
  document.getElementById(notice.id)?.remove();
  // It is announced like everything else; as an alert it would be read twice.
  notice.removeAttribute("role");
  place?.append(notice);
  notice.scrollIntoView({ block: "nearest" });
}

/** A reason, as the list itself shows one.
 * @param {string} why
 */
export function refusal(why) {
  const notice = document.createElement("div");
  notice.className = "notice bad";
  const words = document.createElement("p");
  words.textContent = why;
  notice.append(icon("warning"), words);
  return notice;
}

/** @param {Element | null} before */
function keepFocus(before) {
  if (!before || before === document.body || (before.isConnected && before === document.activeElement)) return;
  const again = before.isConnected ? before : document.getElementById(before.id);
  const place =
    again instanceof HTMLElement && again.checkVisibility() ? again : document.querySelector(".sentence.now input");
  if (place instanceof HTMLElement) place.focus({ preventScroll: true });
}
