// @ts-check
/** What the tags mean, at hand: by a button, by D or Shift and a tag's digit, by a long press on a tag. */

import { giveFocus } from "./focus.js";
import { labels, maybe } from "./page.js";

const LONG_PRESS = 550;
const panel = maybe("definitions");
let shown = "";
/** Where the focus goes back to.
 * @type {Element | null}
 */
let from = null;

/** Open the panel at a tag; there already, close it.
 * @param {string | undefined} slug the tag, else the one shown last, else the first
 */
export function define(slug) {
  if (!panel) return;
  const wanted = slug ?? (shown || [...labels.keys()][0] || "");
  if (panel.matches(":popover-open") && wanted === shown) {
    panel.hidePopover();
    return;
  }
  if (!panel.matches(":popover-open")) panel.showPopover();
  show(wanted);
  maybe("definitions-title")?.focus();
}

/** @param {string} slug */
function show(slug) {
  shown = slug;
  for (const link of panel?.querySelectorAll("[data-means]") ?? []) {
    if (link.getAttribute("data-means") === slug) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const card of panel?.querySelectorAll(".definition") ?? []) {
    if (card instanceof HTMLElement) card.hidden = slug !== "" && card.id !== `means-${slug}`;
  }
  panel?.querySelector(".definitions-body")?.scrollTo({ top: 0 });
}

/** @param {() => string | undefined} active the tag of what is open */
export function followDefinitions(active) {
  if (!panel) return;
  panel.addEventListener("beforetoggle", (event) => {
    if (!(event instanceof ToggleEvent)) return;
    if (event.newState === "open") {
      from = document.activeElement;
      show(active() ?? (shown || [...labels.keys()][0] || ""));
    } else if (panel.contains(document.activeElement)) giveFocus([from]);
  });
  panel.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("[data-means]") : null;
    if (!link) return;
    event.preventDefault();
    show(link.getAttribute("data-means") ?? "");
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    panel.hidePopover();
  });
  followLongPress();
}

/** A tag held down tells what it means, and then tags nothing. */
function followLongPress() {
  let timer = 0;
  let isLong = false;
  document.addEventListener("pointerdown", (event) => {
    const tag = event.target instanceof Element ? event.target.closest("button.tag[data-label]") : null;
    clearTimeout(timer);
    isLong = false;
    if (!tag || event.button !== 0) return;
    timer = window.setTimeout(() => {
      isLong = true;
      define(tag.getAttribute("data-label") ?? undefined);
    }, LONG_PRESS);
  });
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => clearTimeout(timer));
  document.addEventListener(
    "click",
    (event) => {
      if (!isLong) return;
      isLong = false;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
  document.addEventListener("contextmenu", (event) => {
    const isTag = event.target instanceof Element && event.target.closest("button.tag[data-label]");
    if (isTag && event instanceof PointerEvent && event.pointerType === "touch") event.preventDefault();
  });
}
