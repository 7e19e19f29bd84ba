// @ts-check
/** The “say tags in the text” switch: hidden words, outside the counted text, where each highlight begins and ends. */

import { codePointLength } from "../lib/offsets.js";
import { blockStart } from "../lib/selection.js";
import { isShown } from "./filters.js";
import { labels, maybe } from "./page.js";
import { dressAll, dressers } from "./painter.js";
import { remember, remembered } from "./remembered.js";
import { say } from "./words.js";

/** @typedef {import("../lib/highlights.js").Highlight} Highlight */

const NAME = "spoken_tags";
let isOn = false;

/** @param {() => import("../lib/highlights.js").Highlights} highlights */
export function followSpoken(highlights) {
  const box = maybe("spoken");
  if (!(box instanceof HTMLInputElement)) return;
  isOn = remembered(NAME) === "on";
  box.checked = isOn;
  dressers.push((block) => dress(block, highlights()));
  if (isOn) dressAll();
  box.addEventListener("change", () => {
    isOn = box.checked;
    remember(NAME, isOn ? "on" : "off");
    dressAll();
  });
}

/** @param {HTMLElement} block @param {import("../lib/highlights.js").Highlights} highlights */
function dress(block, highlights) {
  for (const old of block.querySelectorAll(":scope > .spoken")) old.remove();
  if (!isOn) return;
  let end = blockStart(block);
  for (const node of [...block.childNodes]) {
    if (node instanceof HTMLElement && "skip" in node.dataset) continue;
    const start = end;
    end += codePointLength(node.textContent ?? "");
    if (!(node instanceof HTMLElement) || node.localName !== "mark") continue;
    const here = (node.dataset.h ?? "").split(" ").map((number) => highlights.numbered(number));
    const seen = here.filter((each) => each !== undefined).filter(isShown);
    // The shortest comes first in the page: it begins last and ends first.
    const begins = seen.filter((each) => each.start === start).reverse();
    const ends = seen.filter((each) => each.end === end);
    if (begins.length) node.before(words(begins, "begins"));
    if (ends.length) node.after(words(ends, "ends"));
  }
}

/** @param {readonly Highlight[]} highlights @param {"begins" | "ends"} what */
function words(highlights, what) {
  const made = document.createElement("span");
  made.className = "spoken visually-hidden";
  made.dataset.skip = "";
  made.textContent = highlights.map(({ label }) => say(what, { label: labels.get(label)?.name ?? "" })).join(" ");
  return made;
}
