// @ts-check
/** The way by Tab from the text to the tags above chosen words, or into the open highlight's card, and back. */

import { choice, clear } from "./choice.js";
import { maybe, text } from "./page.js";

const WAYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The tags, when they are shown: above the words, or in the sheet.
 * @returns {HTMLElement | null}
 */
function shownTags() {
  const shown = ["popover", "sheet"].map(maybe).find((part) => part?.checkVisibility());
  return choice() && shown ? shown : null;
}

/** Whether the focus stands on a tag.
 * @returns {boolean}
 */
export function isInTags() {
  return shownTags()?.contains(document.activeElement) ?? false;
}

/** From the text on: to the tags, else into a card; false where there is neither.
 * @param {HTMLElement | null} card
 */
export function goIn(card) {
  const first = shownTags()?.querySelector(".tag") ?? firstTool(card);
  if (!(first instanceof HTMLElement)) return false;
  first.focus();
  return true;
}

/** @param {HTMLElement | null} card */
function firstTool(card) {
  const tools = [...(card?.querySelectorAll("[data-card-tools] button") ?? [])];
  return tools.find((each) => each.checkVisibility()) ?? card?.querySelector("a");
}

/** Arrows go from tag to tag; Escape and Tab back to the text.
 * @param {KeyboardEvent} event
 */
export function tagsKey({ key, shiftKey }) {
  const tags = shownTags();
  const isBack = key === "Tab" && shiftKey && document.activeElement === buttons(tags)[0];
  if (key === "Escape") clear();
  if (key === "Escape" || isBack) {
    text.focus({ preventScroll: true });
    return true;
  }
  const step = WAYS[/** @type {keyof typeof WAYS} */ (key)];
  if (!step) return false;
  const all = buttons(tags);
  const here = all.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  all[(here + step + all.length) % all.length]?.focus();
  return true;
}

/** @param {HTMLElement | null} tags */
function buttons(tags) {
  return [...(tags?.querySelectorAll("button") ?? [])].filter((each) => each.checkVisibility());
}
