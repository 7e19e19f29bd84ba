// @ts-check
/** Adding an article: counts the pasted words, takes a dropped file, and says early when a file is too big. */

import { minutesToRead, wordCount } from "./lib/word_count.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("add"));
const text = /** @type {HTMLTextAreaElement} */ (document.getElementById("pasted"));
const file = /** @type {HTMLInputElement} */ (document.getElementById("file"));
const drop = /** @type {HTMLElement} */ (document.getElementById("drop"));
const fileName = /** @type {HTMLElement} */ (document.getElementById("file-name"));
const words = /** @type {HTMLElement} */ (document.getElementById("words"));
const minutes = /** @type {HTMLElement} */ (document.getElementById("minutes"));
const problem = /** @type {HTMLElement} */ (document.getElementById("problem"));
const invitation = fileName.textContent;

function count() {
  const found = wordCount(text.value);
  const pattern = (found === 1 ? words.dataset.one : words.dataset.many) ?? "%s";
  words.textContent = pattern.replace("%s", found.toLocaleString());
  minutes.textContent = (minutes.dataset.minutes ?? "%s").replace("%s", String(minutesToRead(found)));
  words.hidden = minutes.hidden = found === 0;
}

/** Show which file is chosen, or why it cannot be. */
function showFile() {
  const chosen = file.files?.[0];
  const isTooBig = chosen !== undefined && chosen.size > Number(form.dataset.mostBytes);
  fileName.textContent = chosen?.name ?? invitation;
  drop.classList.toggle("has-file", chosen !== undefined);
  if (isTooBig) {
    problem.hidden = false;
    /** @type {HTMLElement} */ (problem.querySelector("p")).textContent = form.dataset.tooBig ?? "";
    file.value = "";
    fileName.textContent = invitation;
  } else if (chosen) problem.hidden = true;
}

/** @param {DragEvent} event */
function hasFiles(event) {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

drop.addEventListener("dragover", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  drop.classList.add("dragging");
});
drop.addEventListener("dragleave", (event) => {
  if (!(event.relatedTarget instanceof Node && drop.contains(event.relatedTarget))) drop.classList.remove("dragging");
});
drop.addEventListener("drop", (event) => {
  drop.classList.remove("dragging");
  if (!hasFiles(event) || !event.dataTransfer) return;
  event.preventDefault();
  file.files = event.dataTransfer.files;
  showFile();
});
// A file dropped beside the box would replace the page and lose what was pasted.
for (const name of ["dragover", "drop"]) {
  document.addEventListener(name, (event) => {
    if (event instanceof DragEvent && hasFiles(event)) event.preventDefault();
  });
}
text.addEventListener("input", count);
file.addEventListener("change", showFile);
count();
