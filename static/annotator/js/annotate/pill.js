// @ts-check
/** The saved state: the pill in the bar, the panel of what could not be saved, the line asking to sign in again. */

import { labelCss } from "../lib/segments.js";
import { shortened } from "./choice.js";
import { article, labels, main, maybe } from "./page.js";
import { announce, icon, say, sayCount } from "./words.js";

/** @typedef {import("./editor.js").Editor} Editor */
/** @typedef {import("../lib/queue.js").Refused} Refused */
/** @typedef {import("../lib/queue.js").Status} Status */
/** @typedef {"ok" | "busy" | "waiting" | "attention"} Look */

const ICONS = { ok: "check", busy: "saving", waiting: "waiting", attention: "warning" };
/** @type {Look} */
let spoken = "ok";

/** Show a state of the queue.
 * @param {Status} status
 * @param {Editor} editor
 */
export function showStatus(status, editor) {
  const { look, words } = wordsFor(status, editor);
  const old = maybe("saved");
  const isButton = look === "waiting" || look === "attention";
  const pill =
    old && old instanceof HTMLButtonElement === isButton ? old : document.createElement(isButton ? "button" : "span");
  pill.className = `pill ${look}`;
  const word = document.createElement("span");
  word.className = "word";
  word.textContent = words;
  pill.replaceChildren(icon(ICONS[look]), word);
  if (pill !== old) {
    pill.id = "saved";
    if (pill instanceof HTMLButtonElement) pill.type = "button";
    old?.replaceWith(pill);
  }
  speak(look, words);
  showSignIn(status);
  showRefused(status, editor);
}

/** @param {Status} status @param {Editor} editor @returns {{look: Look, words: string}} */
function wordsFor({ phase, waiting, refused }, editor) {
  if (phase === "signed-out") return { look: "attention", words: sayCount("sign-in", waiting) };
  if (refused.length > 0) return { look: "attention", words: say("attention") };
  if (phase === "waiting") return { look: "waiting", words: sayCount("waiting", waiting) };
  if (waiting > 0 || phase === "sending") return { look: "busy", words: say("saving") };
  const total = editor.highlights.all().length;
  return { look: "ok", words: total ? sayCount("saved", total) : say("saved-none") };
}

/** Spoken only on becoming waiting, needing attention, or saved again.
 * @param {Look} look @param {string} words
 */
function speak(look, words) {
  if (look === "busy" || look === spoken) return;
  if (look !== "ok") announce(words);
  else announce(say("saved-again"));
  spoken = look;
}

/** @param {Status} status */
function showSignIn({ phase, waiting }) {
  const line = maybe("signed-out");
  if (!line) return;
  line.hidden = phase !== "signed-out";
  const words = line.querySelector("b");
  if (words) words.textContent = sayCount("sign-in", waiting);
  if (!line.hidden && line.parentElement !== main.parentElement) main.before(line);
}

/** The pill as a button: what needs attention, or how things stand.
 * @param {Editor} editor
 */
export function followPill(editor) {
  document.addEventListener("click", (event) => {
    const pill = event.target instanceof Element ? event.target.closest("button#saved") : null;
    if (!pill) return;
    if (editor.queue.phase === "signed-out") window.open(main.dataset.signInUrl, "_blank", "noopener");
    else openPanel(editor.queue.refused.length > 0 ? "attention" : "offline");
    void editor.queue.wake();
  });
}

/** @param {string} id */
export function openPanel(id) {
  const panel = maybe(id);
  if (panel instanceof HTMLDialogElement && !panel.open) panel.showModal();
}

/** List what could not be saved: nothing is dropped unless the reader says so.
 * @param {Status} status
 * @param {Editor} editor
 */
function showRefused({ refused, waiting }, editor) {
  const panel = maybe("attention");
  const list = maybe("attention-list");
  const model = maybe("refused");
  if (!list || !(panel instanceof HTMLDialogElement) || !(model instanceof HTMLTemplateElement)) return;
  // While the last one is tried again, the panel stays: it may come back.
  if (refused.length === 0 && waiting > 0 && panel.open) return;
  const title = panel.querySelector("h2");
  if (title) title.textContent = sayCount("refused", refused.length);
  list.replaceChildren(...refused.map((entry) => refusedItem(entry, model, editor)));
  if (refused.length === 0 && panel.open) panel.close();
}

/** @param {Refused} entry @param {HTMLTemplateElement} model @param {Editor} editor */
function refusedItem(entry, model, editor) {
  const item = /** @type {DocumentFragment} */ (model.content.cloneNode(true));
  const { operation, message } = entry;
  const known = editor.highlights.byUuid.get(operation.span);
  const label = labels.get(operation.label ?? known?.label ?? "");
  const place = operation.end === undefined ? known : { start: operation.start ?? 0, end: operation.end };
  const words = place ? article.slice(place) : "";
  const swatch = item.querySelector(".swatch");
  if (swatch && label) {
    swatch.classList.add(...labelCss(label).split(" "));
    swatch.textContent = label.letter;
  }
  fill(item, "b", say(`op-${operation.op}`, { label: label?.name ?? "" }));
  fill(item, "blockquote", typeof operation.note === "string" ? `${shortened(words)}\n${operation.note}` : words);
  fill(item, "[data-why]", message || say("no-reason"));
  item.querySelector("[data-retry]")?.addEventListener("click", () => void editor.retry(entry));
  item.querySelector("[data-discard]")?.addEventListener("click", () => editor.queue.forget(entry));
  item.querySelector("[data-copy]")?.addEventListener("click", () => copy(String(operation.note ?? words)));
  return item;
}

/** @param {DocumentFragment} item @param {string} selector @param {string} words */
function fill(item, selector, words) {
  const found = item.querySelector(selector);
  if (found) found.textContent = words;
}

/** The clipboard needs HTTPS; on plain HTTP the words are selected for the reader's own Ctrl+C.
 * @param {string} words
 */
async function copy(words) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(words);
    announce(say("copied"));
    return;
  }
  const quote = document.querySelector("#attention-list blockquote");
  if (quote) document.getSelection()?.selectAllChildren(quote);
}
