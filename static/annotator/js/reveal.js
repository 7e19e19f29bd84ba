// @ts-check
/** The reveal: arrow keys step through the split passages, and the passage that is shown comes into view. */

const TYPING = "input, textarea, select, [contenteditable]";

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const way = event.key === "ArrowRight" ? "after" : event.key === "ArrowLeft" ? "before" : "";
  const target = event.target instanceof Element ? event.target : null;
  if (!way || target?.closest(TYPING)) return;
  const link = document.querySelector(`[data-step="${way}"]`);
  if (!(link instanceof HTMLElement)) return;
  event.preventDefault();
  link.click();
});

document.addEventListener("htmx:afterSettle", () => {
  if (!location.hash) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const passage = document.getElementById("passage");
  passage?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
});
