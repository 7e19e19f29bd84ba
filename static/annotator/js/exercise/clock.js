// @ts-check
/** The clock between two answers of the server, which alone knows the time: its Date header corrects this computer's. */

const MINUTE = 60;

/** Milliseconds to add to this computer's time. */
let ahead = 0;
/** Ends that have been seen to pass, so that each is asked about once. */
let passed = "";

/** Take the time from an answer; its header knows whole seconds only, so half a second is the best guess.
 * @param {Response} answer
 */
export function setTime(answer) {
  const said = Date.parse(answer.headers.get("Date") ?? "");
  if (!Number.isNaN(said)) ahead = said + 500 - Date.now();
}

/** Seconds as a clock shows them: 7:42.
 * @param {number} seconds
 */
export function shown(seconds) {
  return `${Math.floor(seconds / MINUTE)}:${String(seconds % MINUTE).padStart(2, "0")}`;
}

/** Bring the clock up to now. Its end is told to whoever wants to know that time is up. */
export function tick() {
  const card = document.getElementById("clock");
  const ends = card?.dataset.ends;
  if (!card || !ends) return;
  const left = Math.max(0, Math.round(Number(ends) - (Date.now() + ahead) / 1000));
  const words = card.querySelector("[data-left]");
  const bar = card.querySelector("progress");
  const now = shown(left);
  if (words && words.textContent !== now) words.textContent = now;
  if (bar) bar.value = Math.max(0, Number(card.dataset.total) - left);
  if (left === 0 && passed !== ends) {
    passed = ends;
    document.dispatchEvent(new CustomEvent("time-up"));
  }
}
