/** What every page does: keep the reader's choice of light or dark, for the server to paint the next page with. */

const YEAR = 365 * 24 * 3600;
const root = document.documentElement;
const choice = document.querySelector("[data-theme-choice]");

/** @param {string} theme "system", "light" or "dark" */
function useTheme(theme) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const age = theme === "system" ? 0 : YEAR;
  document.cookie = `theme=${theme}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
}

if (choice instanceof HTMLElement) {
  choice.hidden = false;
  choice.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement) useTheme(event.target.value);
  });
}
