// @ts-check
/** What the server has refused of a reader's changes, for pages other than the reading's own: what, why, and where. */

import { heads } from "../lib/settling.js";
import { outbox, watchers } from "./outbox.js";

/** @typedef {import("../lib/outbox.js").Entry} Entry */

/** Those that were refused; what went with one of them is no other.
 * @returns {readonly Entry[]}
 */
function refused() {
  return heads(outbox.entries.filter(({ refusal }) => refusal));
}

/** A sentence about a number of changes.
 * @param {Element} words
 * @param {number} n
 */
export function counted(words, n) {
  const isOne = new Intl.PluralRules(document.documentElement.lang).select(n) === "one";
  return (words.getAttribute(isOne ? "data-one" : "data-many") ?? "").replace("{n}", String(n));
}

/** The page of the reading that a change belongs to. @param {Entry} entry */
function pageOf({ target }) {
  return new URL("../", new URL(target.url, location.href)).href;
}

/** The note, or else the first words that were marked, or else the tag: no more is known without the text.
 * @param {Entry} entry
 */
function wordsOf({ operation: { note, label, quote_start = "", quote_end = "" } }) {
  const quote = quote_start === quote_end ? quote_start : `${quote_start.replace(/\s+\S*$/, "")}…`;
  return note || quote || label || "";
}

/** List them in a part of the page, after the model there; the part is hidden where there are none.
 * @param {HTMLElement} part
 */
export function listRefused(part) {
  const all = refused();
  const [title, list, model] = ["[data-one]", "ul", "template"].map((each) => part.querySelector(each));
  part.hidden = all.length === 0;
  if (!title || !list || !(model instanceof HTMLTemplateElement)) return;
  title.textContent = counted(title, all.length);
  list.replaceChildren(...all.map((entry) => itemOf(entry, model)));
}

/** @param {Entry} entry @param {HTMLTemplateElement} model */
function itemOf(entry, model) {
  const item = /** @type {DocumentFragment} */ (model.content.cloneNode(true));
  const [quote, why, link] = ["blockquote", "p", "a"].map((each) => item.querySelector(each));
  const words = wordsOf(entry);
  if (quote && words) quote.textContent = words;
  else quote?.remove();
  if (why) why.textContent = entry.refusal?.message ?? "";
  if (entry.reading === outbox.reading) link?.remove();
  else link?.setAttribute("href", pageOf(entry));
  return item;
}

/** Tell in a line under the bar what was refused of other readings than this page's, and lead there. */
export function followRefused() {
  const line = document.getElementById("refused-elsewhere");
  const words = line?.querySelector("p");
  if (!line || !words) return;
  watchers.add(() => {
    const all = refused().filter(({ reading }) => reading !== outbox.reading);
    const [first] = all;
    line.hidden = !first;
    if (!first) return;
    words.textContent = counted(words, all.length);
    line.querySelector("a")?.setAttribute("href", pageOf(first));
    const main = document.querySelector("main");
    if (line.nextElementSibling !== main) main?.before(line);
  });
}
