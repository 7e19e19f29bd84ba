// @ts-check
/** After leaving a shared computer: forget what pages have kept in this browser for the one who left.
 *
 * Databases stay: js/device/leaving.js has deleted the own one, and another may hold what somebody else has not sent.
 */

export {};

/** @param {() => Promise<unknown>} forget one kind of storage; a browser may lack it, or forbid it */
async function attempt(forget) {
  try {
    await forget();
  } catch {
    // Nothing to forget there.
  }
}

await attempt(async () => {
  sessionStorage.clear();
  localStorage.clear();
});
await attempt(async () => {
  for (const name of await caches.keys()) await caches.delete(name);
});
