// @ts-check
/** The optional details of a highlight: who is speaking, whose words a claim is, how sure its reader is. */

import { article, cards, main, maybe, text } from "./page.js";

/** @typedef {import("../lib/highlights.js").Highlight} Highlight */
/** @typedef {import("../lib/highlights.js").Highlights} Highlights */
/** @typedef {{name: string, kind: string, level: string, reporter: string, number: string, quote: string}} Shown */

export const CLAIM = "claim";
export const ATTRIBUTION = "attribution";
const QUOTE = 60;
/** What the exercise asks for.
 * @type {ReadonlySet<string>}
 */
export const asked = new Set((main.dataset.asked ?? "").split(" ").filter(Boolean));
/** @type {() => Highlights | null} */
let known = () => null;

/** Where the highlights are found that claims may rest on.
 * @param {() => Highlights} highlights
 */
export function useHighlights(highlights) {
  known = highlights;
}

/** Those that stand, in reading order. */
export function standing() {
  return known()?.all() ?? [];
}

/** The attribution a claim rests on, as long as it stands.
 * @param {Highlight} highlight
 */
export function reporterOf({ label, reported_by }) {
  const found = asked.has("links") && label === CLAIM ? known()?.get(reported_by ?? undefined) : undefined;
  return found?.label === ATTRIBUTION ? found : undefined;
}

/** The highlights that are shown together with one: the attribution of a claim, the claims of an attribution.
 * @param {string | undefined} uuid
 * @returns {readonly Highlight[]}
 */
function linkedWith(uuid) {
  const one = known()?.get(uuid);
  if (!one) return [];
  const reporter = reporterOf(one);
  if (reporter) return [reporter];
  return standing().filter((each) => reporterOf(each)?.uuid === one.uuid);
}

/** Those whose cards change along with `spans`: claims that rest on one of them.
 * @param {ReadonlySet<string> | null} spans
 * @returns {ReadonlySet<string> | null}
 */
export function withLinked(spans) {
  if (!spans || !asked.has("links")) return spans;
  const more = standing().filter(({ reported_by }) => reported_by && spans.has(reported_by));
  return more.length ? new Set([...spans, ...more.map(({ uuid }) => uuid)]) : spans;
}

/** @param {Highlight} highlight @returns {Shown} */
function shownFor(highlight) {
  const isSource = asked.has("sources") && highlight.label === ATTRIBUTION;
  const reporter = reporterOf(highlight);
  return {
    name: isSource ? highlight.source_name : "",
    kind: isSource ? kindName(highlight.source_kind) : "",
    level: asked.has("confidence") ? String(highlight.confidence ?? "") : "",
    reporter: reporter?.uuid ?? "",
    number: String(reporter?.number ?? ""),
    quote: reporter ? onOneLine(reporter) : "",
  };
}

/** What a card tells now.
 * @param {Element} card @returns {Shown}
 */
function shownIn(card) {
  // Found first, for most cards have none: thousands are asked.
  const details = card.querySelector(":scope > .details");
  const link = details?.querySelector("[data-reporter]");
  const words = (/** @type {string} */ selector) => details?.querySelector(selector)?.textContent ?? "";
  return {
    name: words('[data-detail="source"] b'),
    kind: words('[data-detail="source"] .kind'),
    level: details?.querySelector(".sureness")?.getAttribute("data-level") ?? "",
    reporter: link?.getAttribute("data-reporter") ?? "",
    number: link?.getAttribute("href")?.slice(2) ?? "",
    quote: words("[data-reporter] q"),
  };
}

/** Whether a card tells these details already.
 * @param {Element} card @param {Highlight} highlight
 */
export function tellsDetails(card, highlight) {
  return JSON.stringify(shownIn(card)) === JSON.stringify(shownFor(highlight));
}

/** Write the details into a card.
 * @param {Element} card @param {Highlight} highlight
 */
export function dressDetails(card, highlight) {
  const model = maybe("card-details");
  if (!(model instanceof HTMLTemplateElement) || tellsDetails(card, highlight)) return;
  card.querySelector(":scope > .details")?.remove();
  const shown = shownFor(highlight);
  if (!shown.name && !shown.kind && !shown.level && !shown.reporter) return;
  const list = /** @type {DocumentFragment} */ (model.content.cloneNode(true)).firstElementChild;
  if (!list) return;
  if (!shown.name && !shown.kind) list.querySelector('[data-detail="source"]')?.remove();
  if (!shown.reporter) list.querySelector('[data-detail="link"]')?.remove();
  if (!shown.level) list.querySelector('[data-detail="confidence"]')?.remove();
  fill(list, '[data-detail="source"] b', shown.name);
  fill(list, '[data-detail="source"] .kind', shown.kind);
  fill(list, "[data-reporter] q", shown.quote);
  const link = list.querySelector("[data-reporter]");
  link?.setAttribute("data-reporter", shown.reporter);
  link?.setAttribute("href", `#h${shown.number}`);
  list.querySelector(".sureness")?.setAttribute("data-level", shown.level);
  fill(list, ".sureness + span", model.getAttribute(`data-level-${shown.level}`) ?? "");
  const before = [...card.children].findLast((child) => child.matches("blockquote, .late, .note"));
  before?.after(list);
}

/** @param {Element} list @param {string} selector @param {string} words */
function fill(list, selector, words) {
  const found = list.querySelector(selector);
  if (!words) found?.remove();
  else if (found) found.textContent = words;
}

/** The words of an attribution, as a card names it.
 * @param {Highlight} highlight
 */
export function onOneLine(highlight) {
  const flat = article.slice(highlight).replace(/\s+/g, " ").trim();
  const characters = [...flat];
  return characters.length > QUOTE
    ? `${characters
        .slice(0, QUOTE - 1)
        .join("")
        .trimEnd()}…`
    : flat;
}

/** @param {string} slug */
function kindName(slug) {
  if (!slug) return "";
  const model = maybe("card-tools");
  const option =
    model instanceof HTMLTemplateElement && model.content.querySelector(`option[value="${CSS.escape(slug)}"]`);
  return option ? (option.textContent ?? "") : slug.replaceAll("_", " ");
}

/** Outline in the text what goes with a highlight.
 * @param {string | undefined} uuid
 */
export function showLinks(uuid) {
  if (!asked.has("links")) return;
  const numbers = linkedWith(uuid).map(({ number }) => `mark[data-h~="${number}"]`);
  const wanted = new Set(numbers.length ? text.querySelectorAll(numbers.join()) : []);
  for (const mark of text.querySelectorAll("mark.linked")) if (!wanted.has(mark)) mark.classList.remove("linked");
  for (const mark of wanted) mark.classList.add("linked");
}

/** What goes with a highlight is outlined while it is pointed at, focused or open.
 * @param {() => string | undefined} open the open highlight
 */
export function followLinks(open) {
  if (!asked.has("links")) return;
  for (const name of ["pointerover", "focusin"]) {
    document.addEventListener(name, (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const card = target?.closest("[data-span]");
      const number = target?.closest("mark")?.getAttribute("data-h")?.split(" ")[0];
      const uuid = card?.getAttribute("data-span") ?? (number ? known()?.numbered(number)?.uuid : undefined);
      showLinks(uuid ?? open());
    });
  }
  cards.addEventListener("pointerleave", () => showLinks(open()));
}
