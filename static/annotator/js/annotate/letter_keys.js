// @ts-check
/** Whether keys that are one character do something: people who speak to their computer switch them off (WCAG 2.1.4). */

import { maybe } from "./page.js";
import { remember, remembered } from "./remembered.js";

const NAME = "letter_keys";

/** @returns {boolean} */
export function areLettersOn() {
  return remembered(NAME) !== "off";
}

/** Follow the switch in the help. */
export function followLetterSwitch() {
  const box = maybe("letter-keys");
  if (!(box instanceof HTMLInputElement)) return;
  box.checked = areLettersOn();
  box.addEventListener("change", () => remember(NAME, box.checked ? "on" : "off"));
}
