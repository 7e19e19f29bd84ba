// @ts-check
/** When each reader's database was last in use here, so that old ones go without being opened. */

import { opened, PREFIX, resultOf, written } from "./database.js";

const NAME = "sourcewise-databases";
const USED = "used";
const MOST_AGE = 7 * 24 * 3600 * 1000;

/** @param {(used: IDBObjectStore) => void} change */
async function write(change) {
  const database = await opened(NAME, (fresh) => fresh.createObjectStore(USED));
  try {
    const transaction = database.transaction(USED, "readwrite");
    change(transaction.objectStore(USED));
    await written(transaction);
  } finally {
    database.close();
  }
}

/** Note that a database is in use now. A browser whose storage is full notes nothing: the database then counts from when
 * it was noted last, and what is kept in it is read and sent all the same.
 * @param {string} name
 * @param {number} [now]
 */
export async function register(name, now = Date.now()) {
  await write((used) => used.put(now, name)).catch(() => {});
}

/** What was noted.
 * @returns {Promise<Map<string, number>>}
 */
async function allNoted() {
  const database = await opened(NAME, (fresh) => fresh.createObjectStore(USED));
  const used = database.transaction(USED).objectStore(USED);
  const [names, times] = await Promise.all([resultOf(used.getAllKeys()), resultOf(used.getAll())]);
  database.close();
  return new Map(names.map((name, index) => [String(name), Number(times[index])]));
}

/** When each was last used; those that nobody noted count from now on.
 * @param {number} now
 * @returns {Promise<Map<string, number>>}
 */
async function ages(now) {
  // Where there is no register and none can be made, the browser's own list has to do.
  const noted = await allNoted().catch(() => /** @type {Map<string, number>} */ (new Map()));
  for (const { name = "" } of (await indexedDB.databases?.()) ?? []) {
    if (!name.startsWith(PREFIX) || noted.has(name)) continue;
    noted.set(name, now);
    await register(name, now);
  }
  return noted;
}

/** Delete, unread, what other readers left here more than seven days ago.
 * @param {string} own the database of the reader at work, or nothing
 * @param {number} [now]
 */
export async function forgetOld(own, now = Date.now()) {
  for (const [name, used] of await ages(now)) {
    if (name === own || now - used < MOST_AGE) continue;
    await resultOf(indexedDB.deleteDatabase(name));
    await write((all) => all.delete(name)).catch(() => {});
  }
}

/** Whether this reader has a database here. @param {string} name */
export async function isRegistered(name) {
  return (await ages(Date.now())).has(name);
}
