// @ts-check
/** The projector: follows the lesson, ticks its clock between two looks, and turns to the next tag or passage by arrow keys. */

import { followArrows } from "./arrows.js";
import { follow } from "./follow.js";

// The wall's clock may be wrong: what was left when the server answered, and how long ago that was.
let asked = performance.now();

/** Seconds left on a running or standing clock.
 * @param {HTMLElement} clock
 */
function leftOn(clock) {
  const left = Number(clock.dataset.left);
  return clock.dataset.ends ? Math.max(0, left - Math.floor((performance.now() - asked) / 1000)) : left;
}

/** @param {number} seconds */
function spelled(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = `${String(rest).padStart(2, "0")}`;
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

function tick() {
  const clock = document.querySelector("[data-total]");
  if (!(clock instanceof HTMLElement)) return;
  const left = leftOn(clock);
  const time = clock.querySelector("[data-time]");
  const share = Math.min(100, (left * 100) / (Number(clock.dataset.total) || 1));
  if (time) time.textContent = spelled(left);
  clock.querySelector(".part")?.setAttribute("stroke-dasharray", `${share.toFixed(2)} 100`);
}

/** The names under a split bar, each as wide as its stretch: a style sheet does not know how wide. */
function spread() {
  for (const each of document.querySelectorAll("[data-grow]")) {
    if (!(each instanceof HTMLElement)) continue;
    each.style.setProperty("flex-grow", each.dataset.grow ?? "1");
    each.parentElement?.classList.add("spread");
  }
}

follow("screen", {
  swap: (screen, html) => {
    screen.outerHTML = html;
  },
  changed: () => {
    asked = performance.now();
    tick();
    spread();
  },
  // Another address has taken this one's place.
  gone: () => location.reload(),
});
tick();
spread();
setInterval(tick, 1000);
followArrows({ before: "[data-before]", after: "[data-after]" });
