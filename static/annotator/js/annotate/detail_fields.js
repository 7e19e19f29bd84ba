// @ts-check
/** The fields of the details in an open card: filled from its highlight, and read back as changes to save. */

import { ATTRIBUTION, asked, CLAIM, onOneLine, reporterOf, standing } from "./details.js";
import { article, maybe } from "./page.js";

/** @typedef {import("../lib/highlights.js").Highlight} Highlight */
/** @typedef {"source_name" | "source_kind" | "confidence" | "reported_by"} Name */

/** Bring the fields of an open card to its highlight; what is being typed stays.
 * @param {Element} tools @param {Highlight} highlight
 */
export function fillDetails(tools, highlight) {
  for (const group of tools.querySelectorAll("fieldset[data-for]")) {
    if (!(group instanceof HTMLFieldSetElement)) continue;
    group.hidden = group.disabled = group.dataset.for !== highlight.label;
  }
  fillReporters(tools, highlight);
  for (const field of tools.querySelectorAll('[data-do="detail"] [name]')) {
    if (field instanceof HTMLInputElement && field.type === "radio") {
      field.checked = field.value === String(highlight.confidence ?? "");
    } else if (isField(field) && field !== document.activeElement && !["hidden", "submit"].includes(field.type)) {
      const value = storedValue(highlight, field.name);
      if (field.value !== value) field.value = value;
    }
  }
  suggestNames();
}

/** A field, or the button that stands for a choice.
 * @param {unknown} field
 * @returns {field is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | HTMLButtonElement}
 */
function isField(field) {
  const kinds = [HTMLInputElement, HTMLSelectElement, HTMLTextAreaElement, HTMLButtonElement];
  return kinds.some((kind) => field instanceof kind);
}

/** @param {Highlight} highlight @param {string} name */
function storedValue(highlight, name) {
  if (name === "reported_by") return reporterOf(highlight)?.uuid ?? "";
  if (name === "note" || name === "source_name" || name === "source_kind") return highlight[name];
  return "";
}

/** The attributions that a claim may rest on, and the one its sentence proposes. They come and go while its card is open.
 * @param {Element} tools @param {Highlight} highlight
 */
export function fillReporters(tools, highlight) {
  const choice = tools.querySelector('select[name="reported_by"]');
  if (!(choice instanceof HTMLSelectElement)) return;
  const all = standing().filter(({ label }) => label === ATTRIBUTION);
  offer(choice, all);
  const value = reporterOf(highlight)?.uuid ?? "";
  if (choice.value !== value) choice.value = value;
  const proposed = highlight.label === CLAIM && !reporterOf(highlight) ? proposedFor(highlight, all) : undefined;
  const button = tools.querySelector("[data-propose]");
  if (button instanceof HTMLButtonElement) {
    button.hidden = !proposed;
    button.value = proposed?.uuid ?? "";
    const quote = button.querySelector("q");
    if (quote) quote.textContent = proposed ? onOneLine(proposed) : "";
  }
  const none = tools.querySelector("[data-no-reporters]");
  if (none instanceof HTMLElement) none.hidden = all.length > 0;
}

/** Offer these attributions; a list that says so already may be hanging open, and is left alone.
 * @param {HTMLSelectElement} choice @param {readonly Highlight[]} attributions
 */
function offer(choice, attributions) {
  const options = attributions.map((each) => {
    const name = asked.has("sources") && each.source_name ? ` (${each.source_name})` : "";
    return new Option(`${onOneLine(each)}${name}`, each.uuid);
  });
  const [none, ...old] = choice.options;
  const isSame = (/** @type {HTMLOptionElement} */ each, /** @type {number} */ place) =>
    each.value === options[place]?.value && each.text === options[place]?.text;
  if (old.length === options.length && old.every(isSame)) return;
  choice.replaceChildren(...(none ? [none] : []), ...options);
}

/** The only attribution in the claim's own sentence.
 * @param {Highlight} claim @param {readonly Highlight[]} attributions
 */
function proposedFor(claim, attributions) {
  const starts = article.blocks.flatMap(({ start, sentences }) => (sentences.length ? sentences : [start]));
  const start = starts.findLast((each) => each <= claim.start) ?? 0;
  const end = starts.find((each) => each >= claim.end) ?? Number.POSITIVE_INFINITY;
  const found = attributions.filter((each) => each.start >= start && each.start < end);
  return found.length === 1 ? found[0] : undefined;
}

/** Names that this reading has given by now can be chosen again. */
function suggestNames() {
  const list = maybe("source-names");
  if (!list) return;
  const offered = new Set([...list.children].map((option) => option.getAttribute("value")?.toLowerCase()));
  for (const { source_name: name } of standing()) {
    if (!name || offered.has(name.toLowerCase())) continue;
    offered.add(name.toLowerCase());
    const option = document.createElement("option");
    option.value = name;
    list.append(option);
  }
}

/** What a field that was changed says, as the change that saves it; nothing where it says what is known.
 * @param {EventTarget | null} field @param {Highlight} highlight
 * @returns {Partial<Pick<Highlight, Name>> | null}
 */
export function changeFrom(field, highlight) {
  if (!isField(field)) return null;
  const value = field.value.trim();
  if (field.name === "confidence") {
    const confidence = value ? Number(value) : null;
    return confidence === highlight.confidence ? null : { confidence };
  }
  if (field.name === "reported_by") {
    const reported_by = value || null;
    return reported_by === (reporterOf(highlight)?.uuid ?? null) ? null : { reported_by };
  }
  if (field.name === "source_name") return value === highlight.source_name ? null : { source_name: value };
  if (field.name === "source_kind") return value === highlight.source_kind ? null : { source_kind: value };
  return null;
}
