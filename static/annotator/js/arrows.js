// @ts-check
/** Arrow keys lead to what stands before and after, wherever nobody types: they press the link or button for it. */

const TYPING = "input, textarea, select, [contenteditable]";

/** Follow ← and →.
 * @param {{before: string, after: string}} ways selectors; what is not on the page leads nowhere
 */
export function followArrows({ before, after }) {
  document.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: before, ArrowRight: after }[event.key];
    const target = event.target instanceof Element ? event.target : null;
    if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || target?.closest(TYPING)) return;
    const found = document.querySelector(way);
    if (!(found instanceof HTMLElement)) return;
    event.preventDefault();
    found.click();
  });
}
