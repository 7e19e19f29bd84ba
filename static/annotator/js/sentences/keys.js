// @ts-check
/** Keys of the list: arrows from sentence to sentence, digits tick a tag, Enter goes to the words, undo and redo. */

import { remembered } from "../annotate/remembered.js";
import { digitOf } from "../lib/digits.js";
import { sentenceNow } from "./now.js";
import { send, show } from "./saving.js";

/** Follow the keys while the focus is in a sentence, but not in a field to write or choose in. */
export function followKeys() {
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.defaultPrevented || event.isComposing || event.altKey || isField(target)) return;
    const isOurs =
      event.ctrlKey || event.metaKey ? stepKey(event) : target?.closest("#sentences") && listKey(event, target);
    if (isOurs) event.preventDefault();
  });
}

/** @param {Element | null} target */
function isField(target) {
  return target?.matches("textarea, select, summary, input:not([type=checkbox])") ?? false;
}

/** @param {KeyboardEvent} event */
function stepKey({ key, shiftKey, ctrlKey }) {
  const letter = key.toLowerCase();
  const isRedo = (letter === "z" && shiftKey) || (letter === "y" && ctrlKey);
  if (!isRedo && letter !== "z") return false;
  const form = document.querySelector(`form[data-way="${isRedo ? "redo" : "undo"}"]`);
  if (form instanceof HTMLFormElement && !form.querySelector("button")?.disabled) send(form);
  return true;
}

/** @param {KeyboardEvent} event @param {Element} target */
function listKey(event, target) {
  const { key } = event;
  const digit = digitOf(event);
  const here = sentenceNow();
  if (key === "ArrowDown" || key === "ArrowUp") return goTo(here, key === "ArrowDown" ? 1 : -1);
  if (key === "Enter" && target instanceof HTMLInputElement) return openWords(here);
  if (digit && remembered("letter_keys") !== "off") {
    const box = here?.querySelector(`input[data-key="${digit}"]`);
    if (box instanceof HTMLInputElement) box.click();
    return box !== null && box !== undefined;
  }
  return false;
}

/** @param {HTMLElement | null} here @param {1 | -1} step */
function goTo(here, step) {
  const all = [...document.querySelectorAll("[data-sentence]")];
  const isIn = here?.contains(document.activeElement);
  const next = here && isIn ? all[all.indexOf(here) + step] : here;
  const box = next?.querySelector("input[type=checkbox]");
  if (!(box instanceof HTMLElement)) return true;
  box.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
  return true;
}

/** The words of the sentence's first highlight.
 * @param {HTMLElement | null} here
 */
function openWords(here) {
  const link = here?.querySelector("a[data-words]");
  const select = here?.querySelector(".edge.open select");
  if (select instanceof HTMLElement) select.focus();
  else if (link instanceof HTMLAnchorElement) show(link.href, "select");
  return true;
}
