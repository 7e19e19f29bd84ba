// @ts-check
/** The digits that tag, on any keyboard. */

/** The digit of a key from 1 to 9: the one it writes; or, where the upper row writes signs unless Shift is held, the one
 * that its place has. `""` for any other key.
 * @param {KeyboardEvent} event
 * @returns {string}
 */
export function digitOf(event) {
  if (/^[1-9]$/.test(event.key)) return event.key;
  const isPlain = !event.shiftKey && !event.getModifierState("AltGraph");
  return (isPlain && /^Digit([1-9])$/.exec(event.code)?.[1]) || "";
}
