// @ts-check
/** The history of one's own reading, beside the text: looked up on the server, and gone back in through it. */

import { elementFrom } from "../lib/paint.js";
import { main, maybe, text } from "./page.js";

/** @typedef {import("./editor.js").Editor} Editor */
/** @typedef {import("./opened.js").Opened} Opened */

const panel = maybe("history-panel");
const TIMEOUT = 10_000;

/** @param {Editor} editor @param {Opened} opened */
export function followHistory(editor, opened) {
  if (!(panel instanceof HTMLDialogElement)) return;
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest("a[data-history]");
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openHistory();
  });
  panel.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.ctrlKey || event.metaKey) return;
    if ("page" in link.dataset) {
      event.preventDefault();
      void load(link.href);
    } else if (link.dataset.passage) {
      event.preventDefault();
      panel.close();
      goTo(link.dataset.passage, editor, opened);
    }
  });
  panel.addEventListener("submit", (event) => {
    const form = event.target instanceof HTMLFormElement ? event.target : null;
    if (!form || form.method === "dialog") return;
    event.preventDefault();
    void change(form, editor);
  });
}

/** Show the panel, with what was done until now. */
export function openHistory() {
  const link = document.querySelector("a[data-history]");
  if (!(panel instanceof HTMLDialogElement) || !(link instanceof HTMLAnchorElement) || panel.open) return;
  panel.showModal();
  void load(link.href);
}

/** @param {string} url */
async function load(url) {
  const answer = await ask(url).catch(() => null);
  if (answer?.redirected) location.assign(answer.url);
  else await take(answer);
}

/** Go back, or bring something back: on the server, then the page is brought to it.
 * @param {HTMLFormElement} form @param {Editor} editor
 */
async function change(form, editor) {
  if (!editor.outbox.isEmpty) {
    say(panel?.dataset.unsent ?? "");
    void editor.outbox.wake();
    return;
  }
  const answer = await ask(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
  const list = await take(answer);
  if (!list) return;
  if (answer?.ok) await editor.refresh();
  void editor.outbox.wake();
  panel?.querySelector(".drawer-body")?.scrollTo({ top: 0 });
}

/** @param {string} url @param {RequestInit} [options] */
function ask(url, options = {}) {
  return fetch(url, { ...options, headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(TIMEOUT) });
}

/** Put the list of an answer into the panel; undefined where there is none.
 * @param {Response | null} answer
 */
async function take(answer) {
  const html = answer ? await answer.text().catch(() => "") : "";
  const list = html.includes('id="history"') ? elementFrom(html) : null;
  if (!list) {
    const signIn = answer?.headers.get("HX-Redirect");
    if (signIn) location.assign(signIn);
    else say(refusalIn(html) || panel?.dataset.lost || "");
    return undefined;
  }
  say(list.dataset.done ?? "");
  maybe("history")?.replaceWith(list);
  if (!panel?.contains(document.activeElement)) panel?.querySelector("button")?.focus();
  return list;
}

/** The sentence of a refusal's page.
 * @param {string} html
 */
function refusalIn(html) {
  return new DOMParser().parseFromString(html, "text/html").querySelector(".verdict-why")?.textContent ?? "";
}

/** Say it in the panel, in a line that speaks for itself: what is outside an open dialog is not heard. It speaks of what
 * changes once it is there.
 * @param {string} words
 */
function say(words) {
  const line = panel?.querySelector("[data-trouble]");
  if (!(line instanceof HTMLElement)) return;
  line.textContent = "";
  line.hidden = !words;
  requestAnimationFrame(() => {
    line.textContent = words;
  });
}

/** Show the words of a step: of a highlight that stands, or where a deleted one stood.
 * @param {string} place @param {Editor} editor @param {Opened} opened
 */
function goTo(place, editor, opened) {
  const highlight = place.startsWith("h") ? editor.highlights.numbered(place.slice(1)) : undefined;
  if (highlight) opened.open(highlight.uuid, { showsWords: true });
  else document.getElementById(place)?.scrollIntoView({ block: "center" });
  if (main.dataset.state === "open") text.focus({ preventScroll: true });
}
