// @ts-check
/** Keys of the text that open what helps: D what a tag means, Shift and a digit what that tag means, H the history. */

import { isForText } from "./letter_keys.js";

/** @param {{define: (key?: number) => void, history: () => void}} actions */
export function followNearKeys({ define, history }) {
  document.addEventListener("keydown", (event) => {
    if (!isForText(event)) return;
    const letter = event.shiftKey ? "" : event.key.toLowerCase();
    const digit = event.shiftKey ? /^Digit([1-9])$/.exec(event.code)?.[1] : undefined;
    if (digit) define(Number(digit));
    else if (letter === "d") define();
    else if (letter === "h") history();
    else return;
    event.preventDefault();
  });
}
