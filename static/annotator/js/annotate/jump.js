// @ts-check
/** Going to a paragraph by its number, and saying which one is being read. */

import { setCaret } from "./caret.js";
import { article, maybe, text } from "./page.js";
import { followView, goToBlock, paragraphAt } from "./view.js";
import { announce, say } from "./words.js";

/** The number of paragraphs; 0 where the page does not say. */
const count = Number(maybe("place")?.dataset.paragraphs ?? 0);
// From so many paragraphs on there is only room for the numbers.
const LONG = 100;
let now = 1;

/** Which paragraph is being read. */
export function paragraphNow() {
  return now;
}

/** Say it as the page moves; press it, or G, to go elsewhere. */
export function followJump() {
  const shown = maybe("place");
  const read = maybe("read");
  if (!shown || !count) return;
  followView(({ first, last }) => {
    now = paragraphAt(first);
    const words = say(count < LONG ? "place" : "place-long", { n: now, count });
    if (shown.textContent !== words) shown.textContent = words;
    const isAtEnd = last >= article.blocks.length - 1;
    if (read instanceof HTMLProgressElement) read.value = isAtEnd ? count : Math.max(0, now - 1);
  });
  const dialog = maybe("jump-dialog");
  const field = maybe("jump-number");
  if (!(dialog instanceof HTMLDialogElement) || !(field instanceof HTMLInputElement)) return;
  for (const opener of document.querySelectorAll("[data-jump]")) opener.addEventListener("click", askWhere);
  dialog.querySelector("form")?.addEventListener("submit", (event) => {
    if (!(event.submitter instanceof HTMLButtonElement) || event.submitter.value !== "go") return;
    goToParagraph(field.valueAsNumber);
  });
}

/** Ask for the number. */
export function askWhere() {
  const dialog = maybe("jump-dialog");
  const field = maybe("jump-number");
  if (!(dialog instanceof HTMLDialogElement) || !(field instanceof HTMLInputElement)) return;
  maybe("view-menu")?.hidePopover();
  field.value = String(now);
  dialog.showModal();
  field.select();
}

/** @param {number} number from 1; beyond the last it is the last
 * @param {{keepsFocus?: boolean}} [options]
 */
export function goToParagraph(number, { keepsFocus = false } = {}) {
  const wanted = Math.max(1, Math.min(count, Math.round(number) || 1));
  const index = article.blocks.findIndex(({ paragraph }) => Number(paragraph) === wanted);
  if (index < 0) return;
  goToBlock(index);
  setCaret(article.blocks[index]?.start ?? 0);
  if (keepsFocus) return;
  // A dialog gives the focus back to what opened it; the reader means the text.
  setTimeout(() => text.focus({ preventScroll: true }));
  announce(say("went", { n: wanted, count }));
}
