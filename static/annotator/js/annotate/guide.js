// @ts-check
/** The three first steps: they follow what the reader does, and go for good once known or put away. */

import { memberKey } from "../device/sending.js";
import { choice } from "./choice.js";
import { maybe, text } from "./page.js";
import { remember, remembered } from "./remembered.js";

const COOKIE = "guide";
const guide = maybe("guide");
const phone = matchMedia("(max-width: 760px)");
/** Shown again because somebody asked for it. */
let isAsked = false;
let total = 0;

/** This person, and nobody else at the same computer. */
function person() {
  return memberKey.slice(0, 12);
}

function isPutAway() {
  return guide?.classList.contains("brief") ?? true;
}

/** Bring the steps to what was done.
 * @param {number} [highlights] how many there are now
 */
export function showGuide(highlights = total) {
  if (!guide) return;
  // Whoever has made a second highlight knows how.
  if (highlights > 1 && !isAsked && !isPutAway()) putAway();
  total = highlights;
  const step = total > 0 ? 3 : choice() ? 2 : 1;
  for (const [index, item] of [...guide.querySelectorAll("ol > li")].entries()) {
    item.classList.toggle("now", index + 1 === step);
  }
  guide.classList.toggle("coach", !isPutAway());
  const isLast = total === 1 && !isPutAway() && phone.matches;
  guide.hidden = total > 0 && !isAsked && !isLast;
}

function putAway() {
  isAsked = false;
  remember(COOKIE, person());
  guide?.classList.add("brief");
  guide?.classList.remove("coach");
}

/** Put the steps away, and the focus back to the text if it stood among them. */
function done() {
  const isInside = guide?.contains(document.activeElement);
  putAway();
  showGuide();
  if (isInside) text.focus({ preventScroll: true });
}

function showAgain() {
  isAsked = true;
  guide?.classList.remove("brief");
  showGuide();
  guide?.scrollIntoView({ block: "nearest" });
  const button = guide?.querySelector("[data-guide-done]");
  if (button instanceof HTMLElement) button.focus({ preventScroll: true });
}

/** @param {() => boolean} isBusy whether Escape means something else just now */
export function followGuide(isBusy) {
  if (!guide) return;
  if (remembered(COOKIE) === person()) guide.classList.add("brief");
  guide.querySelector("[data-guide-done]")?.addEventListener("click", done);
  guide.querySelector("[data-guide-show]")?.addEventListener("click", showAgain);
  // Where there is a margin, the last step gives way to the first card.
  phone.addEventListener("change", () => showGuide());
  maybe("guide-again")?.addEventListener("click", () => {
    const help = maybe("help-dialog");
    if (help instanceof HTMLDialogElement) help.close();
    showAgain();
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || guide.hidden || isPutAway() || isBusy()) return;
      if (!document.querySelector("dialog[open], :popover-open")) done();
    },
    { capture: true },
  );
}
