// @ts-check
/** Which sentence is being worked on: its number stands out while the focus is in it. */

import { afterSwap } from "./bringing.js";

/** @type {string} */
let now = "";

/** The sentence that has, or last had, the focus; else the first.
 * @returns {HTMLElement | null}
 */
export function sentenceNow() {
  return document.getElementById(now) ?? document.querySelector("[data-sentence]");
}

/** Follow the focus. */
export function followNow() {
  document.addEventListener("focusin", (event) => {
    const sentence = event.target instanceof Element ? event.target.closest("[data-sentence]") : null;
    if (!sentence) return;
    now = sentence.id;
    show();
  });
  afterSwap(show);
}

function show() {
  for (const old of document.querySelectorAll(".sentence.now")) if (old.id !== now) old.classList.remove("now");
  document.getElementById(now)?.classList.add("now");
}
