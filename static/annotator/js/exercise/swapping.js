// @ts-check
/** Bringing the page to what the server says, without taking the focus or what is being typed away from anybody. */

import { tick } from "./clock.js";

const SHOWN = "[data-copy-text], [data-plain]";

/** Whether somebody writes in it, or has written and not sent.
 * @param {Element} part
 */
function isInUse(part) {
  const fields = [...part.querySelectorAll("input, select, textarea")];
  return fields.some((field) => field === document.activeElement || isChanged(field));
}

/** @param {Element} field */
function isChanged(field) {
  if (field instanceof HTMLInputElement && field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field instanceof HTMLSelectElement)
    return [...field.options].some((each) => each.selected !== each.defaultSelected);
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    return field.type !== "hidden" && field.value !== field.defaultValue;
  }
  return false;
}

/** Morph one part; what opens and closes stays as it is, and so does a form in use.
 * @param {Element} old
 * @param {Element} fresh
 * @returns {boolean} whether all of it was taken over
 */
export function swap(old, fresh) {
  const before = document.activeElement;
  const place = before?.closest("[id^='reader-'], section[id]")?.id ?? "";
  let isWhole = true;
  const beforeNodeMorphed = (/** @type {Node} */ node) => {
    const isForm = node instanceof Element && node.matches("form, details");
    if (!isForm || !isInUse(node)) return true;
    isWhole = false;
    return false;
  };
  // What is open, and what a script has shown, is not for the server to say.
  const beforeAttributeUpdated = (/** @type {string} */ name, /** @type {Element} */ node) =>
    !(name === "open" && node instanceof HTMLDetailsElement) && !(name === "hidden" && node.matches(SHOWN));
  Idiomorph.morph(old, fresh, { morphStyle: "outerHTML", callbacks: { beforeNodeMorphed, beforeAttributeUpdated } });
  tick();
  if (before instanceof HTMLElement && before !== document.body) keepFocus(before, place);
  return isWhole;
}

/** Put the focus back; where the button is gone or hidden, to another of the same reader, or to the line or group.
 * @param {HTMLElement} before
 * @param {string} place
 */
function keepFocus(before, place) {
  const near = document.getElementById(place) ?? document.getElementById("progress");
  const places = [before, document.getElementById(before.id), near?.querySelector("button, summary, a"), near];
  for (const each of places) {
    if (!(each instanceof HTMLElement) || !each.isConnected || !each.checkVisibility()) continue;
    if (each === near) each.tabIndex = -1;
    each.focus({ preventScroll: true });
    if (document.activeElement === each) return;
  }
}

/** The page of an answer; null where it is another page than this.
 * @param {string} html
 * @returns {Document | null}
 */
export function pageIn(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  return fresh.getElementById("flow") && fresh.getElementById("main") ? fresh : null;
}

/** Show the whole page of an answer.
 * @param {Document} fresh
 */
export function showPage(fresh) {
  const [old, main] = [document.getElementById("main"), fresh.getElementById("main")];
  document.body.className = fresh.body.className;
  if (old && main) swap(old, main);
}
