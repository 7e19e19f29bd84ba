// @ts-check
/**
 * Confusion: how a rule will stand on its cards while it is typed. What is typed stays when another number is opened,
 * and what a press opened is said aloud and comes into view.
 */

let kept = "";

/** The form, as it is on the page now.
 * @returns {HTMLFormElement | null}
 */
function ruleForm() {
  const found = document.querySelector("[data-rule]");
  return found instanceof HTMLFormElement ? found : null;
}

/** The rule as far as it is typed.
 * @param {HTMLFormElement} form
 */
function typed(form) {
  const box = form.elements.namedItem("text");
  return box instanceof HTMLTextAreaElement ? box : null;
}

/** Show the rule and its example as the cards will have them.
 * @param {HTMLFormElement} form
 */
function preview(form) {
  const box = typed(form);
  const text = box?.value.trim();
  for (const place of form.querySelectorAll("[data-text]")) {
    if (place instanceof HTMLElement) {
      place.dataset.text ||= place.textContent ?? "";
      place.textContent = text || place.dataset.text;
    }
  }
  const select = form.elements.namedItem("example");
  const option = select instanceof HTMLSelectElement ? select.selectedOptions[0] : undefined;
  const words = option?.dataset.quote ?? "";
  for (const place of form.querySelectorAll("[data-words]")) place.textContent = words;
  for (const place of form.querySelectorAll("[data-shown]")) {
    if (place instanceof HTMLElement) place.hidden = !words;
  }
}

document.addEventListener("input", (event) => {
  const form = ruleForm();
  if (form && event.target instanceof Node && form.contains(event.target)) preview(form);
});

document.addEventListener("htmx:beforeSwap", () => {
  const form = ruleForm();
  kept = (form && typed(form)?.value) || "";
});

document.addEventListener("htmx:afterSettle", () => {
  const form = ruleForm();
  if (form) {
    const box = typed(form);
    if (box && !box.value) box.value = kept;
    preview(form);
  }
  const name = document.getElementById("cell-name");
  const said = document.getElementById("said");
  if (said && name) said.textContent = name.dataset.said ?? "";
  come();
});

/** Bring into view what the address names; the form takes the focus, for one is about to write. */
function come() {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behavior = calm ? "auto" : "smooth";
  const form = ruleForm();
  if (location.hash === "#rule" && form) {
    document.getElementById("rule")?.scrollIntoView({ block: "nearest", behavior });
    typed(form)?.focus({ preventScroll: true });
    return;
  }
  // Beside a wide table the passages are seen anyway; below a narrow one they would not be.
  const cell = document.getElementById("cell");
  if (location.hash === "#cell" && cell && cell.getBoundingClientRect().top > innerHeight * 0.8) {
    cell.scrollIntoView({ block: "start", behavior });
  }
}

const form = ruleForm();
if (form) preview(form);

document.addEventListener("change", (event) => {
  const select = event.target;
  if (select instanceof HTMLSelectElement && select.name === "article") select.form?.requestSubmit();
});

// A module of its own: what it names stays here.
export {};
