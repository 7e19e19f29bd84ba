// @ts-check
/** Which highlights are shown: all, those of one tag, or none. What is not shown is still there, and saved as ever. */

import { labelCss } from "../lib/segments.js";
import { cards, labels, maybe, text } from "./page.js";
import { dressAll, dressers } from "./painter.js";
import { announce, say, sayCount } from "./words.js";

/** @typedef {import("../lib/highlights.js").Highlight} Highlight */
/** @typedef {{highlights: () => import("../lib/highlights.js").Highlights, open: () => Highlight | undefined, close: () => void, step: (step: 1 | -1) => void, moved: () => void}} Reading */

const ALL = "all";
const NONE = "none";
let shown = ALL;
/** @type {Reading | null} */
let reading = null;

/** Whether a highlight is shown now.
 * @param {{label: string}} highlight
 */
export function isShown({ label }) {
  return shown === ALL || shown === label;
}

/** Those of the numbers that are shown, as a mark names them.
 * @param {readonly string[]} numbers
 */
export function shownNumbers(numbers) {
  if (shown === ALL) return [...numbers];
  return numbers.filter((number) => {
    const known = reading?.highlights().numbered(number);
    return known !== undefined && isShown(known);
  });
}

/** @param {Reading} follows */
export function followFilters(follows) {
  reading = follows;
  dressers.push(dress);
  maybe("view-menu")?.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "show") show(event.target.value);
  });
  maybe("shown")?.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button) return;
    if (button.dataset.step) follows.step(button.dataset.step === "1" ? 1 : -1);
    else show(ALL);
  });
}

/** Of all, each tag and none the next: by its key. */
export function showNext() {
  const ways = [ALL, ...labels.keys(), NONE];
  show(ways[(ways.indexOf(shown) + 1) % ways.length] ?? ALL);
}

/** Show all, one tag's, or none.
 * @param {string} way
 */
function show(way) {
  if (!reading || way === shown) return;
  const wasThere = maybe("shown")?.contains(document.activeElement);
  shown = way;
  if (way === ALL) delete document.body.dataset.show;
  else document.body.dataset.show = way === NONE ? NONE : "one";
  dressAll();
  showCards();
  const open = reading.open();
  if (open && !isShown(open)) reading.close();
  showPlace();
  announce(message());
  if (wasThere && way === ALL) text.focus({ preventScroll: true });
  reading.moved();
}

/** How many are shown, in words. */
function message() {
  if (shown === ALL) return say("shows-all");
  if (shown === NONE) return say("shows-none");
  return sayCount("shows-one", count(), { label: labels.get(shown)?.name ?? "" });
}

function count() {
  return reading?.highlights().counts().get(shown) ?? 0;
}

/** What is opened must be seen: a filter that hides it ends.
 * @param {Highlight} highlight
 */
export function noticeOpened(highlight) {
  if (!isShown(highlight)) show(ALL);
}

/** What was just made or changed must be seen: a tag that is not shown ends the filter.
 * @param {ReadonlySet<string> | null} spans
 */
export function noticeChange(spans) {
  if (shown === ALL || !reading) return;
  const known = [...(spans ?? [])].map((uuid) => reading?.highlights().get(uuid));
  if (known.some((each) => each && !isShown(each))) show(ALL);
  else {
    showCards();
    showPlace();
  }
}

/** The line at the foot: which are shown, and the how many-th is open. */
export function showPlace() {
  const line = maybe("shown");
  if (!line || !reading) return;
  line.hidden = shown === ALL;
  for (const input of document.querySelectorAll('#view-menu input[name="show"]')) {
    if (input instanceof HTMLInputElement) input.checked = input.value === shown;
  }
  for (const id of ["view", "view-small"]) maybe(id)?.classList.toggle("on", shown !== ALL);
  if (shown === ALL) return;
  const label = labels.get(shown);
  const swatch = line.querySelector(".swatch");
  if (swatch instanceof HTMLElement) {
    swatch.hidden = !label;
    swatch.textContent = label?.letter ?? "";
    if (label) swatch.className = `swatch small ${labelCss(label)}`;
  }
  for (const button of line.querySelectorAll("[data-step]")) {
    if (button instanceof HTMLButtonElement) button.hidden = !label || count() === 0;
  }
  const words = line.querySelector("[data-words]");
  if (words) words.textContent = label ? placeOf(label.name) : say("shows-none");
}

/** @param {string} name */
function placeOf(name) {
  const open = reading?.open();
  const all = reading?.highlights().all().filter(isShown) ?? [];
  const at = open ? all.findIndex(({ uuid }) => uuid === open.uuid) : -1;
  return at < 0
    ? sayCount("shows-one", all.length, { label: name })
    : say("shown-place", { label: name, n: at + 1, count: all.length });
}

/** Cards follow their highlights. */
function showCards() {
  const isOut = (/** @type {Element} */ card) =>
    card instanceof HTMLElement && !isShown({ label: card.dataset.label ?? "" });
  for (const card of cards.children) card.classList.toggle("out", isOut(card));
}

/** Paint a block's segments as the filter wants them; of two bands only the shown one stays.
 * @param {HTMLElement} block
 */
function dress(block) {
  const label = labels.get(shown);
  for (const mark of block.querySelectorAll("mark")) dressMark(mark, label);
  for (const letter of block.querySelectorAll(":scope > .gutter > .letter")) {
    letter.classList.toggle("out", label !== undefined && !letter.classList.contains(`tint-${label.tint}`));
  }
}

/** @param {HTMLElement} mark @param {import("../lib/segments.js").Label | undefined} label */
function dressMark(mark, label) {
  const only = mark.dataset.only;
  if (only) {
    mark.classList.remove("only", ...only.split(" "));
    delete mark.dataset.only;
  }
  const isIn = !label || shownNumbers((mark.dataset.h ?? "").split(" ")).length > 0;
  mark.classList.toggle("dimmed", !isIn);
  if (!label || !isIn || !mark.classList.contains("two")) return;
  mark.dataset.only = labelCss(label);
  mark.classList.add("only", ...labelCss(label).split(" "));
}
