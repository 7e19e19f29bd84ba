// @ts-check
/** How the text is set: its size and the room between its lines, remembered for the server to paint the next page. */

import { maybe } from "./page.js";
import { remember } from "./remembered.js";

const CHOICES = ["text_size", "line_space"];

/** @param {() => void} moved hears when the words stand elsewhere */
export function followComfort(moved) {
  for (const id of ["view", "view-small"]) {
    const button = maybe(id);
    if (button) button.hidden = false;
  }
  maybe("view-menu")?.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !CHOICES.includes(input.name)) return;
    for (const other of document.querySelectorAll(`#view-menu input[name="${input.name}"]`)) {
      if (other instanceof HTMLInputElement && other.value)
        document.body.classList.toggle(other.value, other === input);
    }
    remember(input.name, input.value);
    moved();
  });
}
