// @ts-check
/** Whether keys that are one character do something: people who speak to their computer switch them off (WCAG 2.1.4). */

import { isDialogOpen, maybe, text } from "./page.js";
import { remember, remembered } from "./remembered.js";

const NAME = "letter_keys";

/** @returns {boolean} */
export function areLettersOn() {
  return remembered(NAME) !== "off";
}

/** Whether a key that is one character is meant for the text, by itself or with Shift.
 * @param {KeyboardEvent} event
 */
export function isForText(event) {
  const isTaken = event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey;
  return !isTaken && document.activeElement === text && areLettersOn() && !isDialogOpen();
}

/** Follow the switch in the help. */
export function followLetterSwitch() {
  const box = maybe("letter-keys");
  if (!(box instanceof HTMLInputElement)) return;
  box.checked = areLettersOn();
  box.addEventListener("change", () => remember(NAME, box.checked ? "on" : "off"));
}
