// @ts-check
/** First and last word of a highlight: a step earlier or later by button; each choice saves itself. */

import { say } from "../annotate/words.js";
import { afterSwap } from "./bringing.js";
import { send } from "./saving.js";

/** Show the buttons and follow them. */
export function followEnds() {
  afterSwap(showButtons);
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest(".nudge > [data-nudge]") : null;
    const select = button?.parentElement?.querySelector("select");
    if (!(button instanceof HTMLElement) || !select) return;
    const index = select.selectedIndex + Number(button.dataset.nudge);
    if (index < 0 || index >= select.options.length) return;
    select.selectedIndex = index;
    choose(select);
  });
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement && event.target.closest("[data-ends]")) choose(event.target);
  });
}

function showButtons() {
  for (const button of document.querySelectorAll(".nudge > [data-nudge]")) button.removeAttribute("hidden");
}

/** Save; an edge that has passed the other takes it along, so that one word stays.
 * @param {HTMLSelectElement} select
 */
function choose(select) {
  const form = select.form;
  const [first, last] = ["start", "end"].map((name) => form?.elements.namedItem(name));
  if (!form || !(first instanceof HTMLSelectElement) || !(last instanceof HTMLSelectElement)) return;
  if (first.selectedIndex > last.selectedIndex) {
    if (select === first) last.selectedIndex = first.selectedIndex;
    else first.selectedIndex = last.selectedIndex;
  }
  const words = [...first.options].slice(first.selectedIndex, last.selectedIndex + 1).map(({ text }) => text);
  send(form, say("words-saved", { quote: words.join(" ") }));
}
