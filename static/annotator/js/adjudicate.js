// @ts-check
/** Make the key: single keys while the panel has focus, and a reason that survives a move of the edges. */

const panel = document.getElementById("panel");
const why = panel?.querySelector("textarea");
const KEPT = `why ${location.pathname} ${panel?.dataset.panel ?? ""}`;

/** Whether a key belongs to whatever is being typed in or opened.
 * @param {EventTarget | null} target
 */
function isTyping(target) {
  return target instanceof Element && target.closest("textarea, input:not([type=hidden]), select") !== null;
}

/** What a key presses: an edge while edges are edited, else a button or a link of the panel.
 * @param {KeyboardEvent} event
 * @returns {HTMLElement | null}
 */
function pressed(event) {
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const edges = panel?.querySelector('[data-more="e"]');
  if (edges instanceof HTMLDetailsElement && edges.open && name.startsWith("Arrow")) {
    return panel?.querySelector(`[data-nudge="${event.shiftKey ? "Shift+" : ""}${name}"]`) ?? null;
  }
  return panel?.querySelector(`[data-key="${CSS.escape(name)}"]`) ?? null;
}

/** Open or close one of the two drawers, and go to where the next key is meant.
 * @param {string} name
 */
function toggle(name) {
  const drawer = panel?.querySelector(`[data-more="${CSS.escape(name)}"]`);
  if (!(drawer instanceof HTMLDetailsElement)) return false;
  drawer.open = !drawer.open;
  // Edges are moved by arrows and accepted by Enter from the panel; tags are buttons to choose from.
  const first = drawer.open && name === "l" ? drawer.querySelector("button") : panel;
  first?.focus({ preventScroll: first === panel });
  return true;
}

panel?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  // On a button or link Enter and Space press that one.
  const isOn = event.target instanceof Element && event.target.closest("a, button, summary") !== null;
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
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || isTyping(event.target)) return;
  const undo = document.querySelector("[data-undo]");
  if (!(undo instanceof HTMLElement)) return;
  event.preventDefault();
  undo.click();
});

if (why) {
  why.value ||= sessionStorage.getItem(KEPT) ?? "";
  for (const link of document.querySelectorAll("[data-edges]")) {
    link.addEventListener("click", () => sessionStorage.setItem(KEPT, why.value));
  }
  for (const form of panel?.querySelectorAll("form") ?? []) {
    form.addEventListener("submit", () => {
      sessionStorage.removeItem(KEPT);
      const copy = form.querySelector("[data-why]");
      if (copy instanceof HTMLInputElement) copy.value = why.value;
    });
  }
}

for (const select of document.querySelectorAll(".shares select")) {
  if (select instanceof HTMLSelectElement) select.addEventListener("change", () => select.form?.requestSubmit());
}

/** Bring the proposal into view and let the keys work. */
function begin() {
  const block = matchMedia("(max-width: 760px)").matches ? "start" : "center";
  document.getElementById("now")?.scrollIntoView({ block });
  panel?.focus({ preventScroll: true });
}

if (location.hash === "#now") {
  // The browser goes to the fragment itself, which takes the focus away, until the page has loaded.
  if (document.readyState === "complete") begin();
  else addEventListener("load", () => requestAnimationFrame(begin));
}
