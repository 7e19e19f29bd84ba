// @ts-check
/** The preview of an upload: htmx does the work; here a refusal that needs reloading is shown instead of dropped. */

const CHANGED_ELSEWHERE = 409;

document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  if (detail.xhr.status === CHANGED_ELSEWHERE) detail.shouldSwap = true;
});

document.addEventListener("htmx:afterSettle", () => {
  const problem = document.getElementById("problem");
  if (problem?.querySelector("[role=alert]") && !document.activeElement?.matches("[autofocus]")) problem.focus();
});
