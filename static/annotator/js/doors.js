// @ts-check
/** At the doors: show a password, say in words whether a new one is long enough, copy an invitation's link. */

const LEAST = 10;

/** @param {Element} field one with an input and a Show button */
function letShow(field) {
  const input = field.querySelector("input");
  const button = field.querySelector("button");
  if (!input || !button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const isShown = input.type === "password";
    input.type = isShown ? "text" : "password";
    button.setAttribute("aria-pressed", String(isShown));
    button.textContent = (isShown ? button.dataset.hide : button.dataset.show) ?? "";
    input.focus();
  });
  // Browsers offer to keep only what leaves as a password.
  input.form?.addEventListener("submit", () => {
    input.type = "password";
  });
}

/** @param {Element} field one with an input and a sentence on its strength */
function sayStrength(field) {
  const input = field.querySelector("input");
  const sentence = field.querySelector("[data-strength]");
  if (!input || !(sentence instanceof HTMLElement)) return;
  const advice = sentence.textContent;
  input.addEventListener("input", () => {
    const missing = LEAST - [...input.value].length;
    const short = sentence.dataset.short?.replace("%n", String(missing));
    sentence.textContent = !input.value ? advice : ((missing > 0 ? short : sentence.dataset.long) ?? "");
  });
}

/** @param {Element} row an input or textarea whose text a button copies */
function letCopy(row) {
  /** @type {HTMLInputElement | HTMLTextAreaElement | null} */
  const input = row.querySelector("input, textarea");
  const button = row.querySelector("button");
  const word = button?.querySelector("span");
  if (!input || !button || !word) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    input.select();
    // Plain HTTP beyond this computer has no clipboard; the selected text is one key press away then.
    if (!navigator.clipboard) return;
    await navigator.clipboard.writeText(input.value);
    word.textContent = button.dataset.done ?? "";
  });
}

for (const field of document.querySelectorAll("[data-password]")) {
  letShow(field);
  sayStrength(field);
}
for (const row of document.querySelectorAll("[data-copy]")) letCopy(row);
