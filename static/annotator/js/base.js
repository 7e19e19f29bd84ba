/** What every page does: keep the reader's choice of light or dark, for the server to paint the next page with. */

const YEAR = 365 * 24 * 3600;
const root = document.documentElement;

/** @param {string} theme "system", "light" or "dark" */
function useTheme(theme) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const age = theme === "system" ? 0 : YEAR;
  document.cookie = `theme=${theme}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
}

/** @param {Event} event */
function choose(event) {
  if (!(event.target instanceof HTMLInputElement)) return;
  useTheme(event.target.value);
  // A page may offer the choice twice.
  for (const input of document.querySelectorAll(`[data-theme-choice] input[value="${event.target.value}"]`)) {
    if (input instanceof HTMLInputElement) input.checked = true;
  }
}

for (const choice of document.querySelectorAll("[data-theme-choice]")) {
  if (!(choice instanceof HTMLElement)) continue;
  choice.hidden = false;
  choice.addEventListener("change", choose);
}
