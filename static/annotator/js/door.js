// @ts-check
/** A class's door: buttons that copy a link or a code. Without a clipboard (plain HTTP elsewhere) they stay hidden. */

/** @param {HTMLElement} button says what to copy and what to say afterwards */
function letCopy(button) {
  const word = button.querySelector("span");
  if (!navigator.clipboard || !word) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copyText ?? "");
    word.textContent = button.dataset.done ?? "";
  });
}

for (const button of document.querySelectorAll("[data-copy-text]")) {
  if (button instanceof HTMLElement) letCopy(button);
}
