// @ts-check
/** The saved state: the pill in the bar, the panel of what could not be saved, the line asking to sign in again. */

import { labelCss } from "../lib/segments.js";
import { shortened } from "./choice.js";
import { keepFocus } from "./focus.js";
import { article, labels, main, maybe } from "./page.js";
import { announce, icon, say, sayCount } from "./words.js";

/** @typedef {import("./editor.js").Editor} Editor */
/** @typedef {import("../lib/outbox.js").Refused} Refused */
/** @typedef {import("../lib/outbox.js").Status} Status */
/** @typedef {"ok" | "busy" | "waiting" | "attention"} Look */

const ICONS = { ok: "check", busy: "saving", waiting: "waiting", attention: "warning" };
/** @type {Look} */
let spoken = "ok";

/** Show how the outbox stands.
 * @param {Status} status
 * @param {Editor} editor
 */
export function showStatus(status, editor) {
  const { look, words, number = 0 } = wordsFor(status, editor);
  showPill(look, words, number);
  speak(look, status, words);
  showSignIn(status);
  showCannotKeep(status);
  showCopy(status, editor);
  showRefused(status, editor);
}

/** The pill itself: a button where there is something to open.
 * @param {Look} look @param {string} words @param {number} [number]
 */
function showPill(look, words, number = 0) {
  const old = maybe("saved");
  const isButton = look === "waiting" || look === "attention";
  const pill =
    old && old instanceof HTMLButtonElement === isButton ? old : document.createElement(isButton ? "button" : "span");
  pill.className = `pill ${look}`;
  if (number) pill.dataset.number = String(number);
  else delete pill.dataset.number;
  const word = document.createElement("span");
  word.className = "word";
  word.textContent = words;
  pill.replaceChildren(icon(ICONS[look]), word);
  if (pill !== old) {
    pill.id = "saved";
    if (pill instanceof HTMLButtonElement) pill.type = "button";
    keepFocus(() => old?.replaceWith(pill));
  }
}

/** While highlights of this reading are still on their way here. */
export function showComing() {
  showPill("busy", say("highlights-coming"));
  announce(say("highlights-coming"));
}

/** @param {Status} status @param {Editor} editor @returns {{look: Look, words: string, number?: number}} */
function wordsFor({ phase, waiting, refused }, editor) {
  if (phase === "signed-out") return { look: "attention", words: sayCount("sign-in", waiting), number: waiting };
  if (refused.length > 0) return { look: "attention", words: say("attention"), number: refused.length };
  if (phase === "waiting") return { look: "waiting", words: sayCount("waiting", waiting), number: waiting };
  if (waiting > 0 || phase === "sending") return { look: "busy", words: say("saving") };
  const total = editor.highlights.all().length;
  return { look: "ok", words: total ? sayCount("saved", total) : say("saved-none") };
}

/** Spoken only on becoming waiting, needing attention, or saved again.
 * @param {Look} look @param {Status} status @param {string} words
 */
function speak(look, { phase, waiting, refused }, words) {
  if (look === "busy" || look === spoken) return;
  if (look === "ok") announce(say("saved-again"));
  else if (look === "waiting") announce(sayCount("say-waiting", waiting));
  else announce(phase === "signed-out" ? words : sayCount("say-attention", refused.length));
  spoken = look;
}

/** A browser that keeps nothing: then only the server does. @param {Status} status */
function showCannotKeep({ isDurable }) {
  const line = maybe("cannot-keep");
  if (!line || line.hidden === isDurable) return;
  line.hidden = isDurable;
  if (!isDurable) showAbove(line);
}

/** This page is a copy from this device: from when, and what waits beside it.
 * @param {Status} status @param {Editor} editor
 */
function showCopy({ waiting }, { keptAt }) {
  const line = maybe("copy");
  const words = line?.querySelector("[data-words]");
  if (!line || !words) return;
  line.hidden = !keptAt;
  if (!keptAt) return;
  const isToday = keptAt.toDateString() === new Date().toDateString();
  /** @type {Intl.DateTimeFormatOptions} */
  const style = isToday ? { timeStyle: "short" } : { timeStyle: "short", dateStyle: "medium" };
  const time = new Intl.DateTimeFormat(document.documentElement.lang, style).format(keptAt);
  words.textContent = waiting > 0 ? sayCount("copy", waiting, { time }) : say("copy-none", { time });
  showAbove(line);
}

/** Under the bar, above the text. @param {HTMLElement} line */
function showAbove(line) {
  if (line.parentElement !== main.parentElement) main.before(line);
}

/** @param {Status} status */
function showSignIn({ phase, waiting }) {
  const line = maybe("signed-out");
  if (!line) return;
  line.hidden = phase !== "signed-out";
  const words = line.querySelector("b");
  if (words) words.textContent = sayCount("sign-in", waiting);
  if (!line.hidden) showAbove(line);
}

/** The pill as a button: what needs attention, or how things stand.
 * @param {Editor} editor
 */
export function followPill(editor) {
  document.addEventListener("click", (event) => {
    const pill = event.target instanceof Element ? event.target.closest("button#saved") : null;
    if (!pill) return;
    if (editor.outbox.phase === "signed-out") window.open(main.dataset.signInUrl, "_blank", "noopener");
    else openPanel(editor.outbox.refused.length > 0 ? "attention" : "offline");
    void editor.outbox.wake();
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
  keepFocus(() => list.replaceChildren(...refused.map((entry) => refusedItem(entry, model, editor))), sameButton(list));
  if (refused.length === 0 && panel.open) panel.close();
}

/** Once the list is made anew: the button of the same change that had the focus, or else the first one.
 * @param {HTMLElement} list
 */
function sameButton(list) {
  const had = document.activeElement ?? list;
  const { uuid = "" } = had.closest("li")?.dataset ?? {};
  const buttons = () => [...list.querySelectorAll(`[data-uuid="${CSS.escape(uuid)}"] button`)];
  const place = buttons().indexOf(had);
  return () => buttons()[place] ?? list.querySelector("button");
}

/** @param {Refused} entry @param {HTMLTemplateElement} model @param {Editor} editor */
function refusedItem(entry, model, editor) {
  const item = /** @type {DocumentFragment} */ (model.content.cloneNode(true));
  const { operation, message } = entry;
  item.querySelector("li")?.setAttribute("data-uuid", operation.uuid);
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
  const note = noteOf(entry);
  const isBoth = showBoth(item, entry, known);
  fill(item, "blockquote", note && !isBoth ? `${shortened(words)}\n${note}` : words);
  fill(item, "[data-why]", message || say("no-reason"));
  item.querySelector("[data-retry]")?.addEventListener("click", () => void editor.retry(entry));
  item.querySelector("[data-discard]")?.addEventListener("click", () => editor.outbox.forget(entry));
  const isNote = operation.op === "detail";
  const shown = item.querySelector(isNote && isBoth ? "[data-mine]" : "blockquote");
  const text = isNote ? note : [words, note].join("\n").trim();
  item.querySelector("[data-copy]")?.addEventListener("click", () => copy(text, shown));
  return item;
}

/** The newest note of a refused change and of what was done after it: this is what giving it up would lose.
 * @param {Refused} entry
 */
function noteOf({ operation, dependents }) {
  return [operation, ...dependents].findLast(({ note }) => typeof note === "string")?.note ?? "";
}

/** After a conflict: what the reader wanted, beside what is there by now. Whether both are shown.
 * @param {DocumentFragment} item @param {Refused} entry @param {import("../lib/highlights.js").Highlight | undefined} known
 */
function showBoth(item, entry, known) {
  const { operation, status } = entry;
  const both = item.querySelector("[data-both]");
  if (status !== 409 || operation.op === "add" || !known || !(both instanceof HTMLElement)) return false;
  both.hidden = false;
  fill(item, "[data-mine]", versionOf(operation, noteOf(entry), operation.label));
  fill(item, "[data-theirs]", versionOf({ ...known, op: operation.op }, known.note, known.label));
  const [again, discard] = [item.querySelector("[data-retry]"), item.querySelector("[data-discard]")];
  if (again?.lastChild) again.lastChild.textContent = say("take-mine");
  if (discard?.lastChild) discard.lastChild.textContent = say("take-theirs");
  return true;
}

/** One version of what a change is about: its note, its tag or its words.
 * @param {{op: string, start?: number, end?: number}} change @param {unknown} note @param {string | undefined} label
 */
function versionOf({ op, start, end }, note, label) {
  if (op === "detail") return String(note || say("no-note"));
  if (op === "relabel") return labels.get(label ?? "")?.name ?? "";
  return start === undefined || end === undefined ? "" : article.slice({ start, end });
}

/** @param {DocumentFragment} item @param {string} selector @param {string} words */
function fill(item, selector, words) {
  const found = item.querySelector(selector);
  if (found) found.textContent = words;
}

/** The clipboard needs HTTPS; on plain HTTP the words are selected for the reader's own Ctrl+C.
 * @param {string} words
 * @param {Element | null} shown where they stand
 */
async function copy(words, shown) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(words);
    announce(say("copied"));
    return;
  }
  if (shown) document.getSelection()?.selectAllChildren(shown);
}
