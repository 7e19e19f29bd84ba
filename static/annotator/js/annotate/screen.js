// @ts-check
/** What stands around the text: counts, undo and redo, the toast, the key hint, text size, the paragraph in view. */

import { article, blockElements, maybe } from "./page.js";
import { say, sayCount } from "./words.js";

/** @typedef {import("./editor.js").Editor} Editor */

const TOAST = 12_000;
const YEAR = 365 * 24 * 3600;
const SIZES = ["", "text-larger", "text-largest"];
let toastTimer = 0;

/** Bring every number and button on the page to how things stand.
 * @param {Editor} editor
 */
export function showCounts(editor) {
  const counts = editor.highlights.counts();
  const total = editor.highlights.all().length;
  for (const shown of document.querySelectorAll("[data-count]")) {
    const count = String(counts.get(shown.getAttribute("data-count") ?? "") ?? 0);
    if (shown.textContent !== count) shown.textContent = count;
  }
  const number = maybe("total");
  if (number && number.textContent !== String(total)) {
    number.textContent = String(total);
    if (number.nextSibling) number.nextSibling.textContent = ` ${sayCount("highlights", total)}`;
  }
  const guide = maybe("guide");
  if (guide) guide.hidden = total > 0;
  for (const [id, can] of /** @type {[string, boolean][]} */ ([
    ["undo", editor.history.canUndo],
    ["redo", editor.history.canRedo],
  ])) {
    const button = maybe(id);
    if (button instanceof HTMLButtonElement) button.disabled = !can || !editor.isWritable;
  }
}

/** A short word at the foot of the page, with Undo where it can be undone; it stays long enough to be reached.
 * @param {string} words
 * @param {(() => void) | null} [undo]
 */
export function toast(words, undo = null) {
  const shown = maybe("toast");
  const button = shown?.querySelector("button");
  const text = shown?.querySelector("span");
  if (!shown || !button || !text) return;
  text.textContent = words;
  button.hidden = !undo;
  button.onclick = () => {
    hideToast();
    undo?.();
  };
  shown.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = window.setTimeout(() => {
    if (!shown.matches(":hover, :focus-within")) hideToast();
  }, TOAST);
}

export function hideToast() {
  const shown = maybe("toast");
  if (shown) shown.hidden = true;
}

/** @param {string} name @param {string} value */
function remember(name, value) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
}

/** @param {string} name */
function remembered(name) {
  return document.cookie
    .split("; ")
    .find((each) => each.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

/** The key hint stands at the foot until the keys were used once. */
export function showHint() {
  const hint = maybe("hint");
  if (hint) hint.hidden = remembered("hint") === "seen";
}

export function leaveHint() {
  const hint = maybe("hint");
  if (!hint || hint.hidden) return;
  hint.hidden = true;
  remember("hint", "seen");
}

/** Three text sizes, one after the other.
 * @param {() => void} onChange
 */
export function followTextSize(onChange) {
  const button = maybe("text-size");
  if (!button) return;
  button.hidden = false;
  let size = Math.max(0, SIZES.indexOf(remembered("text_size") ?? ""));
  const use = () => {
    for (const name of SIZES.filter(Boolean)) document.body.classList.toggle(name, name === SIZES[size]);
    onChange();
  };
  button.addEventListener("click", () => {
    size = (size + 1) % SIZES.length;
    remember("text_size", SIZES[size] ?? "");
    use();
  });
  use();
}

/** Say which paragraph stands at the top of the window. */
export function followPlace() {
  const shown = maybe("place");
  const count = Number(shown?.dataset.paragraphs);
  if (!shown || !count) return;
  const blocks = blockElements();
  let isAsked = false;
  const look = () => {
    isAsked = false;
    const bars = maybe("legend")?.getBoundingClientRect().bottom ?? 0;
    const index = blocks.findIndex((block) => block.getBoundingClientRect().bottom > bars + 40);
    const found = article.blocks.slice(0, index + 1).findLast(({ paragraph }) => paragraph);
    shown.textContent = say("place", { n: found?.paragraph ?? 1, count });
  };
  document.addEventListener(
    "scroll",
    () => {
      if (!isAsked) requestAnimationFrame(look);
      isAsked = true;
    },
    { passive: true },
  );
  look();
}

/** The help dialog. */
export function followHelp() {
  const button = maybe("help");
  const dialog = maybe("help-dialog");
  if (!button || !(dialog instanceof HTMLDialogElement)) return;
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
}
