// @ts-check
/** The teacher's list of reasons: it follows what comes in, and one key shows, hides or takes back. */

import { follow } from "./follow.js";

const TYPING = "input, textarea, select, [contenteditable]";
const LIST = "reason-list";
/** Which place in the list was pressed last, so that the next reason there gets the focus. */
let place = -1;

const lines = () => [...document.querySelectorAll(`#${LIST} [data-reason]`)];

/** Keys count only while a reason has the focus. */
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof Element)) return;
  if (event.target.matches(TYPING) || !/^[a-z]$/i.test(event.key)) return;
  const button = event.target.closest("[data-reason]")?.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
  if (!(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  button.click();
});

document.addEventListener("submit", (event) => {
  if (event.target instanceof Element)
    place = lines().findIndex((line) => line.contains(/** @type {Node} */ (event.target)));
});

// The reason that stands in the same place now is the next one to look at.
document.addEventListener("htmx:afterSettle", () => {
  followed.drop();
  const next = lines()[Math.min(place, lines().length - 1)];
  const button = next?.querySelector("button");
  if (button instanceof HTMLElement) button.focus();
});

const followed = follow(LIST, {
  swap: (list, html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(LIST);
    if (fresh) Idiomorph.morph(list, fresh, { morphStyle: "outerHTML" });
  },
  gone: () => location.reload(),
});
