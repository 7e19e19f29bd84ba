// @ts-check
/** What is kept in this browser's own database: a reader's unsent changes, under a name that tells nothing. */

import { isCopying } from "./copies.js";
import { opened, PREFIX, resultOf, written } from "./database.js";
import { register } from "./register.js";

/** @typedef {import("../lib/outbox.js").Entry} Entry */
/** @typedef {import("../lib/outbox.js").Store} Store */

const CHANGES = "changes";
/** What was saved since the copy of its page was made: it is shown over the copy, and goes when there is a newer one. */
const SINCE = "since";

/** The store of one reader, or memory where the browser keeps nothing (`isDurable` says so).
 * @param {string} key
 * @returns {Promise<{store: Store & Partial<Pick<DatabaseStore, "since" | "forgetSince">>, isDurable: boolean}>}
 */
export async function storeOf(key) {
  try {
    const name = PREFIX + key;
    const database = await opened(name, (fresh) => {
      fresh.createObjectStore(CHANGES, { keyPath: "seq", autoIncrement: true }).createIndex("uuid", "uuid");
      fresh.createObjectStore(SINCE, { keyPath: "seq" }).createIndex("reading", "reading");
    });
    await register(name);
    return { store: new DatabaseStore(database), isDurable: true };
  } catch {
    return { store: memoryStore(), isDurable: false };
  }
}

/** Keeps nothing beyond the page, where the browser offers nothing better.
 * @returns {Store}
 */
export function memoryStore() {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  return {
    load: async () => [...entries.values()],
    put: async (entry) => {
      entries.set(entry.uuid, entry);
      return entry.seq ?? entries.size;
    },
    drop: async (uuids) => {
      for (const uuid of uuids) entries.delete(uuid);
    },
  };
}

/** Delete one reader's database, unread. @param {string} key */
export async function forget(key) {
  await resultOf(indexedDB.deleteDatabase(PREFIX + key));
}

/** @implements {Store} */
class DatabaseStore {
  /** @param {IDBDatabase} database */
  constructor(database) {
    this.database = database;
    // Its reader leaves in another tab: let go, and make no new one.
    database.onversionchange = () => database.close();
  }

  /** @returns {Promise<Entry[]>} */
  async load() {
    return resultOf(this.database.transaction(CHANGES).objectStore(CHANGES).getAll());
  }

  /** @param {Entry} entry */
  async put(entry) {
    const transaction = this.database.transaction(CHANGES, "readwrite", { durability: "relaxed" });
    const request = transaction.objectStore(CHANGES).put(entry);
    // Not only once this page gets round to it: it may be closed in this very moment.
    transaction.commit();
    await written(transaction);
    return Number(request.result);
  }

  /** @param {readonly string[]} uuids */
  async drop(uuids) {
    if (uuids.length === 0) return;
    // Of its own: where there is no room for it, the changes must go all the same.
    await this.#noteSince(uuids).catch(() => {});
    const transaction = this.database.transaction(CHANGES, "readwrite", { durability: "relaxed" });
    const changes = transaction.objectStore(CHANGES);
    for (const uuid of uuids) {
      const request = changes.index("uuid").getAllKeys(uuid);
      request.onsuccess = () => {
        for (const key of request.result) changes.delete(key);
      };
    }
    await written(transaction);
  }

  /** Note down what is about to be dropped because it is saved.
   * @param {readonly string[]} uuids
   */
  async #noteSince(uuids) {
    if (!(await isCopying())) return;
    const transaction = this.database.transaction([CHANGES, SINCE], "readwrite", { durability: "relaxed" });
    for (const uuid of uuids) {
      const request = transaction.objectStore(CHANGES).index("uuid").getAll(uuid);
      request.onsuccess = () => {
        for (const entry of /** @type {Entry[]} */ (request.result)) {
          if (!entry.refusal) transaction.objectStore(SINCE).put({ ...entry, savedAt: Date.now() });
        }
      };
    }
    await written(transaction);
  }

  /** What was saved since a reading's copy was made, in order.
   * @param {string} reading
   * @returns {Promise<Entry[]>}
   */
  async since(reading) {
    return resultOf(this.database.transaction(SINCE).objectStore(SINCE).index("reading").getAll(reading));
  }

  /** There is a newer copy.
   * @param {string} reading
   * @param {number} until it has what was saved until then
   */
  async forgetSince(reading, until) {
    const transaction = this.database.transaction(SINCE, "readwrite");
    const request = transaction.objectStore(SINCE).index("reading").openCursor(reading);
    request.onsuccess = () => {
      if (!request.result) return;
      if (!(request.result.value.savedAt > until)) request.result.delete();
      request.result.continue();
    };
    await written(transaction);
  }
}
