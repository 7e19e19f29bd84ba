// @ts-check
/**
 * The reveal: arrow keys step through the split passages, the passage that is shown comes into view, is said aloud, and
 * whoever pressed something finds the focus where it was or where it led. To a reader shown reasons come by themselves.
 */

import { followArrows } from "./arrows.js";
import { follow } from "./follow.js";

const STEPS = "[data-step]";
/** Where the focus was when a part was asked for, and where it goes. @type {[string, string][]} */
const PLACES = [
  ["#text", "#passage"],
  ["#most-split", "#most-split [aria-current]"],
  [STEPS, STEPS],
  ["#panel", "#panel-title"],
];
/** Where it goes this time. */
let next = "";

followArrows({ before: '[data-step="before"]', after: '[data-step="after"]' });

const said = () => document.getElementById("said");
let saidLast = said()?.dataset.say ?? "";

// Only the list is swapped: what is being typed below it stays, and so does the focus.
const followed = follow("said", {
  swap: (list, html) => Idiomorph.morph(list, html, { morphStyle: "outerHTML" }),
  changed: sayReasons,
  gone: () => followed.stop(),
});

document.addEventListener("htmx:beforeSwap", () => {
  // An answer about the passage before must not come into this one's place.
  followed.drop();
  next = PLACES.find(([place]) => document.activeElement?.closest(place))?.[1] ?? "";
});

document.addEventListener("htmx:afterSettle", () => {
  focusAgain();
  sayPassage();
  saidLast = said()?.dataset.say ?? "";
  if (!location.hash) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const passage = document.getElementById("passage");
  passage?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
});

/** htmx gives the focus back to what kept its id; all else is looked for here. */
function focusAgain() {
  if (!next || document.activeElement !== document.body) return;
  const again = document.querySelector(next) ?? document.getElementById("panel-title");
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

/** The passage beside the text changes far from the focus: say which one it is now. */
function sayPassage() {
  const says = document.getElementById("says");
  const parts = ["panel-title", "panel-quote"].map((id) => document.getElementById(id)?.textContent?.trim());
  const words = parts.filter(Boolean).join(" ");
  if (says && says.textContent !== words) says.textContent = words;
}

/** How many reasons are shown now, where that has changed. */
function sayReasons() {
  const words = said()?.dataset.say ?? "";
  const says = document.getElementById("says");
  if (says && words !== saidLast) says.textContent = words;
  saidLast = words;
}
