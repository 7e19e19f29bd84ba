// @ts-check
/** The focus of whoever works by key or switch: what takes its place away gives it another, never the top of the page. */

/** Change the page. Where what had the focus is gone by then, it goes to `instead`, or else to where the page's skip link
 * leads: to the text. What was only moved gets it back.
 * @param {() => void} change
 * @param {() => Element | null | undefined} [instead]
 */
export function keepFocus(change, instead = () => null) {
  const had = document.activeElement;
  change();
  // The text is never gone: to ask would have the browser look at every style anew.
  if (had === document.body || had === main() || isThere(document.activeElement)) return;
  giveFocus([had, instead()]);
}

/** Give the focus to the first of these that can take it; if none can, to where the page's skip link leads.
 * @param {readonly (Element | null | undefined)[]} places
 */
export function giveFocus(places) {
  for (const each of [...places, main()]) if (each instanceof HTMLElement && isThere(each) && take(each)) return;
}

/** Where “Skip to the page” leads. */
function main() {
  const link = document.querySelector("a.skip");
  return link instanceof HTMLAnchorElement ? document.getElementById(link.hash.slice(1)) : null;
}

/** Whether something has the focus that can be seen; the browser takes it from what is hidden only when it paints.
 * @param {Element | null} element
 */
function isThere(element) {
  return element !== null && element !== document.body && element.checkVisibility();
}

/** @param {HTMLElement} element @returns {boolean} whether it has the focus now */
function take(element) {
  if (!element.hasAttribute("tabindex") && element === main()) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  return document.activeElement === element;
}
