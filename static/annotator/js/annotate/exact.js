// @ts-check
/** Whether choosing keeps to the very letters instead of whole words: by a switch, or for one drag by the Alt key. */

const SWITCHES = "[data-exact]";
let isOn = false;

/** Whether letters count now.
 * @param {{altKey: boolean}} [event] of a mouse
 */
export function isExact(event) {
  return isOn || event?.altKey === true;
}

/** Follow every switch of the page, those of cards too.
 * @param {() => void} onChange
 */
export function followExact(onChange) {
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element && event.target.closest(SWITCHES))) return;
    isOn = !isOn;
    for (const each of document.querySelectorAll(SWITCHES)) each.setAttribute("aria-pressed", String(isOn));
    for (const each of document.querySelectorAll("[data-by-word]")) nameStep(each);
    onChange();
  });
}

/** A button that moves an edge says how far: a word, or a letter.
 * @param {Element} button
 */
function nameStep(button) {
  const name = button.getAttribute(isOn ? "data-by-letter" : "data-by-word") ?? "";
  button.setAttribute("aria-label", name);
}
