// @ts-check
/** Asking every few seconds how the lesson stands, as long as somebody looks. */

import { setTime } from "./clock.js";
import { pageIn, showPage, swap } from "./swapping.js";

const EVERY = 4_000;
const LONGEST = 30_000;
const TIMEOUT = 10_000;
const PARTS = ["flow", "clock", "talk", "progress"];

let tag = "";
let failures = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Begin, and go on whenever somebody comes back to the page. */
export function follow() {
  if (!address()) return;
  document.addEventListener("visibilitychange", () => plan(0));
  document.addEventListener("time-up", () => plan(1_000));
  addEventListener("online", () => plan(0));
  plan(500);
}

/** Ask again soon: something was pressed. */
export function askSoon() {
  tag = "";
  if (address()) plan(EVERY);
}

function address() {
  return document.getElementById("live")?.dataset.url ?? "";
}

/** @param {number} wait milliseconds */
function plan(wait) {
  clearTimeout(timer);
  if (document.hidden) return;
  timer = setTimeout(async () => {
    await ask();
    plan(failures ? Math.min(LONGEST, EVERY * 2 ** failures) : EVERY);
  }, wait);
}

async function ask() {
  try {
    const answer = await fetch(address(), {
      headers: { "Sourcewise-Poll": "1", ...(tag ? { "If-None-Match": tag } : {}) },
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (answer.type === "opaqueredirect" || answer.status === 404) return location.reload();
    if (!answer.ok && answer.status !== 304) throw new Error(`status ${answer.status}`);
    setTime(answer);
    if (answer.status === 200) await show(answer);
    failures = 0;
  } catch {
    failures += 1;
  }
  say(failures === 0);
}

/** @param {Response} answer */
async function show(answer) {
  const before = document.getElementById("flow")?.dataset.stop;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  tag = answer.headers.get("ETag") ?? "";
  if (fresh.getElementById("flow")?.dataset.stop !== before) return freshPage();
  for (const id of PARTS) {
    const [old, now] = [document.getElementById(id), fresh.getElementById(id)];
    if (old && now && !swap(old, now)) tag = "";
  }
}

/** The lesson has gone on, by another hand or by the clock: the whole page follows. */
async function freshPage() {
  const answer = await fetch(location.pathname, { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) });
  setTime(answer);
  const fresh = pageIn(await answer.text());
  if (!fresh) return location.reload();
  showPage(fresh);
}

/** Whether the page is up to date, in words; said aloud only when that changes.
 * @param {boolean} isLive
 */
export function say(isLive) {
  const live = document.getElementById("live");
  if (!live) return;
  live.hidden = false;
  live.classList.toggle("failing", !isLive);
  const words = live.querySelector(".word");
  const now = (isLive ? live.dataset.live : live.dataset.failing) ?? "";
  if (words && words.textContent !== now) words.textContent = now;
}
