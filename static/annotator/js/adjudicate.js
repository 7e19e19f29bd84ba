// @ts-check
/** Make the key: single keys while the panel has focus; each decision swaps the page's work in place, and a reason
 * survives a move of the edges. Without htmx every form and link still loads a page.
 */

/** Keys beside those that the buttons show. */
const ALIKE = new Map([
  ["a", "Enter"],
  ["r", "x"],
]);

const panel = () => document.getElementById("panel");
const why = () => /** @type {HTMLTextAreaElement | null} */ (panel()?.querySelector("textarea[name=why]") ?? null);
const kept = () => `why ${location.pathname} ${panel()?.dataset.panel ?? ""}`;

/** Whether a key belongs to whatever is being typed in or opened.
 * @param {EventTarget | null} target
 */
function isTyping(target) {
  return target instanceof Element && target.closest("textarea, input:not([type=hidden]), select") !== null;
}

/** What a key presses: an edge while edges are edited, else a button or a link of the panel or the bar of steps.
 * @param {KeyboardEvent} event
 * @returns {HTMLElement | null}
 */
function pressed(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const name = ALIKE.get(key) ?? key;
  const edges = panel()?.querySelector('[data-more="e"]');
  if (edges instanceof HTMLDetailsElement && edges.open && name.startsWith("Arrow")) {
    return panel()?.querySelector(`[data-nudge="${event.shiftKey ? "Shift+" : ""}${name}"]`) ?? null;
  }
  return document.querySelector(`#adjudicate [data-key="${CSS.escape(name)}"]`);
}

/** Open or close one of the two drawers, and go to where the next key is meant.
 * @param {string} name
 */
function toggle(name) {
  const drawer = panel()?.querySelector(`[data-more="${CSS.escape(name)}"]`);
  if (!(drawer instanceof HTMLDetailsElement)) return false;
  drawer.open = !drawer.open;
  // Edges are moved by arrows and accepted by Enter from the panel; tags are buttons to choose from.
  const first = drawer.open && name === "l" ? drawer.querySelector("button") : panel();
  first?.focus({ preventScroll: first === panel() });
  return true;
}

addEventListener("keydown", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target) || !target?.closest("#panel")) return;
  // On a button or link Enter and Space press that one.
  const isOn = target.closest("a, button, summary") !== null;
  if (isOn && (event.key === "Enter" || event.key === " ")) return;
  if (toggle(event.key.toLowerCase())) {
    event.preventDefault();
    return;
  }
  const found = pressed(event);
  if (!found) return;
  event.preventDefault();
  found.click();
});

addEventListener("keydown", (event) => {
  // With Shift it would redo, which this page has not: that must not take one more back.
  const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
  if (!isUndo || isTyping(event.target)) return;
  const undo = document.querySelector("[data-undo]");
  if (!(undo instanceof HTMLElement)) return;
  event.preventDefault();
  undo.click();
});

addEventListener(
  "click",
  (event) => {
    const typed = why();
    const moves = event.target instanceof Element && event.target.closest("[data-edges]") !== null;
    if (moves && typed) sessionStorage.setItem(kept(), typed.value);
  },
  true,
);

addEventListener(
  "submit",
  (event) => {
    const form = event.target instanceof HTMLFormElement ? event.target : null;
    if (!form?.closest("#panel")) return;
    sessionStorage.removeItem(kept());
    const copy = form.querySelector("[data-why]");
    const typed = why();
    if (copy instanceof HTMLInputElement && typed) copy.value = typed.value;
  },
  true,
);

addEventListener("change", (event) => {
  const select = event.target instanceof HTMLSelectElement ? event.target.closest(".shares select") : null;
  if (select instanceof HTMLSelectElement) select.form?.requestSubmit();
});

/** Put back a reason that was being typed. */
function recall() {
  const typed = why();
  if (typed) typed.value ||= sessionStorage.getItem(kept()) ?? "";
}

/** Whether all of an element is in sight, below the bars.
 * @param {Element} element
 */
function isSeen(element) {
  const { top, bottom } = element.getBoundingClientRect();
  const bars = document.getElementById("steps")?.getBoundingClientRect().bottom ?? 0;
  return top >= bars && bottom <= innerHeight;
}

/** Bring the proposal into view, unless it is, and let the keys work. */
function begin() {
  const block = matchMedia("(max-width: 760px)").matches ? "start" : "center";
  const now = document.getElementById("now");
  if (now && !isSeen(now)) now.scrollIntoView({ block });
  panel()?.focus({ preventScroll: true });
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (!(event.target instanceof Element) || event.target.id !== "adjudicate") return;
  recall();
  begin();
});

recall();
if (location.hash === "#now") {
  // The browser goes to the fragment itself, which takes the focus away, until the page has loaded.
  if (document.readyState === "complete") begin();
  else addEventListener("load", () => requestAnimationFrame(begin));
}

// A module of its own: what it names stays here.
export {};
