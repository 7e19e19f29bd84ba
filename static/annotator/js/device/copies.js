// @ts-check
/** The copies of readings that the service worker keeps, so that a page can be reloaded without a connection. */

/** What the caches with copies are called, before the reader's key; worker.js says the same. */
const COPIES = "sourcewise-copies-";
const COPY_TIME = "X-Kept-At";
const SCOPE = "/readings/";
/** The server may have made a page as long as this before it was kept. */
const ON_ITS_WAY = 60_000;

/** When this page was kept, if it is a copy from this device.
 * @returns {Date | null}
 */
export function keptAt() {
  const { keptAt: time } = document.documentElement.dataset;
  return time ? new Date(time) : null;
}

/** Whether readings are copied here at all: not over plain HTTP, and not in every browser. A page that was reloaded past
 * its worker has none, and its reading has a copy all the same.
 */
export async function isCopying() {
  const { serviceWorker } = navigator;
  return Boolean(serviceWorker?.controller ?? (await serviceWorker?.getRegistration(SCOPE))?.active);
}

/** Until when, in milliseconds, this reading's copy surely has what was saved; where there is none, the next one will.
 * @returns {Promise<number>}
 */
export async function wholeUntil() {
  const { pathname } = location;
  const copies = await Promise.all([pathname, `${pathname}highlights/`].map((path) => caches.match(path)));
  const times = copies.map((copy) => Date.parse(copy?.headers.get(COPY_TIME) ?? "")).filter(Number.isFinite);
  return Math.min(Date.now(), ...times) - ON_ITS_WAY;
}

/** Have the worker keep this page, if it is a reading, with all that it loaded. */
export async function followCopies() {
  const { workerUrl = "" } = document.body.dataset;
  if (!navigator.serviceWorker || !workerUrl) return;
  await navigator.serviceWorker.register(workerUrl, { scope: SCOPE });
  if (!document.getElementById("reading")?.dataset.operationsUrl || keptAt()) return;
  const { active } = await navigator.serviceWorker.ready;
  // Only what has come to its end is known to have been loaded.
  if (document.readyState !== "complete") await new Promise((done) => window.addEventListener("load", done));
  active?.postMessage({ kind: "keep", path: location.pathname, files: loaded() });
}

/** The addresses of our own files that this page has loaded. */
function loaded() {
  const found = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  const ours = found.filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith("/static/"));
  return [...new Set(ours.map(({ pathname }) => pathname))];
}

/** Delete the copies of every reader but this one. @param {string} [kept] a member key */
export async function forgetCopies(kept = "") {
  if (typeof caches === "undefined") return;
  for (const name of await caches.keys()) {
    if (name.startsWith(COPIES) && name !== COPIES + kept) await caches.delete(name);
  }
}

/** Delete all copies, and let the worker go. */
export async function leaveCopies() {
  const registrations = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  for (const registration of registrations) await registration.unregister();
  await forgetCopies();
}
