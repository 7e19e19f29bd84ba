// @ts-check
/** The browser's own database, with promises. */

/** What the databases with readers' changes are called, before the reader's key. */
export const PREFIX = "sourcewise-outbox-";

/** A request's result.
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
export function resultOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Until a transaction is written.
 * @param {IDBTransaction} transaction
 * @returns {Promise<void>}
 */
export function written(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Open a database, made with `make` where it is new; throws where the browser keeps none.
 * @param {string} name
 * @param {(fresh: IDBDatabase) => void} make
 * @returns {Promise<IDBDatabase>}
 */
export async function opened(name, make) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => make(request.result);
  return resultOf(request);
}
