// @ts-check
/** A browser whose storage is full: what it kept before can be read, and every write is given up. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { entry, tab } from "./tabs.js";

/** @typedef {import("../../static/annotator/js/lib/outbox.js").Entry} Entry */

const NAME = "sourcewise-outbox-k";
const FIVE = ["a", "b", "c", "d", "e"].map((uuid, index) => ({ ...entry(uuid), seq: index + 1 }));

/** Answered as a browser answers, once whoever asked is listening.
 * @param {unknown} result
 */
function request(result) {
  const made = { result, onsuccess: () => {} };
  queueMicrotask(() => made.onsuccess());
  return made;
}

/** A transaction over these entries; one that writes is given up.
 * @param {unknown[]} entries
 * @param {string} [mode]
 */
function transaction(entries, mode) {
  const made = {
    error: new Error("QuotaExceededError"),
    onabort: () => {},
    commit: () => {},
    objectStore: () => store,
  };
  const reads = { getAll: () => request(entries), getAllKeys: () => request([]) };
  const store = { ...reads, put: () => ({}), delete: () => ({}), index: () => reads };
  if (mode === "readwrite") queueMicrotask(() => made.onabort());
  return made;
}

beforeEach(() => {
  const databases = async () => [{ name: NAME }];
  const open = (/** @type {string} */ name) =>
    request({
      close: () => {},
      transaction: (/** @type {unknown} */ _stores, /** @type {string} */ mode) =>
        transaction(name === NAME ? FIVE : [], mode),
    });
  Object.assign(globalThis, { indexedDB: { databases, open } });
});

const { storeOf } = await import("../../static/annotator/js/device/store.js");
const { forgetOld, isRegistered } = await import("../../static/annotator/js/device/register.js");

test("what was kept before the storage was full is found and sent", async () => {
  const { store, isDurable } = await storeOf("k");
  const { outbox, sent, seen } = tab({ store });
  await outbox.open(outbox.listeners);
  assert.equal(isDurable, true);
  assert.deepEqual(seen, ["a old", "b old", "c old", "d old", "e old"]);
  assert.deepEqual(sent[0], ["a", "b", "c", "d", "e"]);
});

test("a page that shows no reading finds that there is something to send", async () => {
  await forgetOld(NAME);
  assert.equal(await isRegistered(NAME), true);
});
