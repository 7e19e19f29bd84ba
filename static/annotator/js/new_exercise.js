// @ts-check
/** A new exercise: how long a pasted text is, and a new class's time zone, which begins as this computer's. */

import { minutesToRead, wordCount } from "./lib/word_count.js";

const zones = document.querySelector("select[data-time-zone]");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const text = /** @type {HTMLTextAreaElement} */ (document.getElementById("text"));
const words = /** @type {HTMLElement} */ (document.getElementById("text-words"));
const long = /** @type {HTMLElement} */ (document.getElementById("text-long"));
const help = /** @type {HTMLElement} */ (document.getElementById("text-help"));

if (zones instanceof HTMLSelectElement && zones.value === "UTC") {
  for (const option of zones.options) if (option.value === here) option.selected = true;
}

/** Say how many words there are, how long they take, and when that is much for one lesson. */
function measure() {
  const found = wordCount(text.value);
  const pattern = (found === 1 ? words.dataset.one : words.dataset.many) ?? "%s";
  const minutes = (words.dataset.minutes ?? "%s").replace("%s", String(minutesToRead(found)));
  words.textContent = `${pattern.replace("%s", found.toLocaleString())} · ${minutes}`;
  words.hidden = found === 0;
  help.hidden = found > 0;
  long.hidden = found <= Number(words.dataset.most);
}

text.addEventListener("input", measure);
measure();
if (text.dataset.begin !== undefined) text.focus();
