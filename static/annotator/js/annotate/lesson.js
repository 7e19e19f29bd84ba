// @ts-check
/** Follows the lesson: the time left, what the teacher changed or asks. The server decides; this clock only shows. */

import { keepFocus } from "./focus.js";
import { announce, say } from "./words.js";

/** `settle` sends what is still on its way, `moved` hears that the text has another place on the page.
 * @typedef {{settle: () => void, moved?: () => void}} Listeners */

const EVERY = 5_000;
const TIMEOUT = 10_000;
const LAST = 120;
const PRESENCE = 30_000;
/** The two parts that an answer brings. */
const PARTS = ["timer", "lesson"];

let etag = "";
/** When the time is over by this page's own clock, in milliseconds since it was opened; null without an end. */
let end = /** @type {number | null} */ (null);
let isLastSaid = false;
/** How the lesson stood when this page was shown. */
let was = "";

/** @param {string} id */
const maybe = (id) => document.getElementById(id);

/** What the server wrote into the page. */
const told = () => maybe("reading")?.dataset ?? {};

/** The page is now as the server shows it: what is news is what comes after. */
export function takeStand() {
  was = maybe("lesson")?.dataset.lesson ?? "";
  etag = "";
}

/** Ask now and then; at once when the page comes back into view.
 * @param {Listeners} listeners
 */
export function followLesson(listeners) {
  const { lessonUrl = "" } = told();
  if (!lessonUrl) return;
  takeStand();
  const look = () => void ask(lessonUrl, listeners).catch(() => {});
  readTimer();
  setInterval(tick, 1_000);
  setInterval(() => document.visibilityState === "visible" && look(), EVERY);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  document.addEventListener("submit", (event) =>
    answerHere(event, () => {
      listeners.moved?.();
      look();
    }),
  );
  setInterval(presence, PRESENCE);
}

/** Tell the teacher's page that this one is open and online: who reads for long marks nothing, and is not away. */
function presence() {
  const { presenceUrl = "", csrf = "" } = told();
  if (!presenceUrl || !navigator.onLine || document.hidden) return;
  const headers = { "X-CSRFToken": csrf };
  fetch(presenceUrl, { method: "POST", headers, redirect: "manual" }).catch(() => {});
}

/** @param {string} lessonUrl @param {Listeners} listeners */
async function ask(lessonUrl, listeners) {
  const url = new URL(lessonUrl, location.href);
  url.searchParams.set("was", was);
  const asked = was;
  const response = await fetch(url, {
    cache: "no-store",
    headers: etag ? { "If-None-Match": etag } : {},
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (response.status !== 200) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  // Shown anew meanwhile, the page knows more than this answer.
  if (asked !== was) return;
  take(fresh, listeners);
  // Only what is shown is known.
  etag = response.headers.get("ETag") ?? "";
}

/** Put the fresh parts in place and say what is new.
 * @param {Document} fresh
 * @param {Listeners} listeners
 */
function take(fresh, { settle, moved }) {
  const before = news();
  for (const id of PARTS) {
    const part = fresh.getElementById(id);
    const old = maybe(id);
    if (part && old && part.outerHTML !== old.outerHTML) keepFocus(() => old.replaceWith(part));
  }
  readTimer();
  const now = news();
  if (now !== before) moved?.();
  if (!now || now === before) return;
  announce(now);
  settle();
}

/** What the lesson tells just now, in words. */
function news() {
  const notes = [...(maybe("lesson")?.querySelectorAll(".notice > p") ?? [])];
  return notes.map((note) => note.textContent?.trim() ?? "").join(" ");
}

function readTimer() {
  const timer = maybe("timer");
  const left = timer?.dataset.left;
  const isStill = timer?.hasAttribute("data-still") ?? true;
  end = left === undefined || isStill ? null : performance.now() + Number(left) * 1000;
  tick();
}

/** Show the seconds that pass; at two minutes say so, once, even where the clock is not shown. */
function tick() {
  const timer = maybe("timer");
  if (!timer || end === null) return;
  const left = Math.max(0, Math.round((end - performance.now()) / 1000));
  const words = timer.querySelector("b");
  if (words) words.textContent = clock(left);
  const isLast = left <= LAST;
  timer.classList.toggle("last", isLast);
  if (timer.hasAttribute("data-late-only")) timer.hidden = !isLast;
  if (isLast && !isLastSaid && left > 0) announce(say("last-minutes"));
  isLastSaid = isLast;
}

/** As on a clock: 7:42; hours once there are any.
 * @param {number} left seconds
 */
function clock(left) {
  const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
  const ending = String(seconds).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${ending}` : `${minutes}:${ending}`;
}

/** “I am here” is told without leaving the page.
 * @param {SubmitEvent} event
 * @param {() => void} done
 */
async function answerHere(event, done) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !("here" in form.dataset)) return;
  event.preventDefault();
  keepFocus(() => form.closest(".notice")?.remove());
  const answer = fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  await answer.catch(() => {});
  done();
}
