// @ts-check
/** The service worker: keeps the page of each reading its reader has opened, the highlights that a long one asks for,
 * and its files, and nothing else.
 *
 * A copy is shown only where no answer comes. Copies lie in a cache named by their reader's key: there is one at most,
 * for another's page sweeps it away, as leaving does, and seven days.
 */

const COPY_CACHE = "sourcewise-copies-";
const COPY_AGE = 7 * 24 * 3600 * 1000;
const COPY_TIME = "X-Kept-At";
const READING_PATH = /^\/readings\/[0-9a-f-]{36}\/$/;
const HIGHLIGHTS = "highlights/";
const HIGHLIGHTS_PATH = /^\/readings\/[0-9a-f-]{36}\/highlights\/$/;
const FILES_PATH = "/static/";
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const MEMBER = /\sdata-member-key="([0-9a-f]{32})"/;
const MEMBER_OF_HIGHLIGHTS = /"member_key": ?"([0-9a-f]{32})"/;
/** As long as this the server may take before a copy is shown, where there is one. */
const SERVER_PATIENCE = 8_000;
/** What a proxy says of a server that is away. */
const AWAY = [502, 503, 504];

const worker = /** @type {WorkerScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("message", (event) => {
  const { kind, path, files } = event.data ?? {};
  if (kind === "keep" && path && READING_PATH.test(path) && Array.isArray(files))
    event.waitUntil(keepWhole(path, files));
});

worker.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate" && READING_PATH.test(pathname)) event.respondWith(served(event, pathname, keepPage));
  else if (HIGHLIGHTS_PATH.test(pathname)) event.respondWith(served(event, pathname, keepHighlights));
  else if (pathname.startsWith(FILES_PATH)) event.respondWith(file(event.request));
});

/** What the server answers, which is kept; else its copy; else whatever the browser makes of it.
 * @param {WorkerFetch} event
 * @param {string} path
 * @param {(path: string, response: Response) => Promise<void>} keep
 * @returns {Promise<Response>}
 */
async function served(event, path, keep) {
  const fetched = fetch(event.request);
  const late = new Promise((resolve) => setTimeout(resolve, SERVER_PATIENCE, null));
  const response = /** @type {Response | null} */ (await Promise.race([fetched.catch(() => null), late]));
  if (!response || AWAY.includes(response.status)) return (await copyOf(path)) ?? fetched;
  event.waitUntil(keep(path, response.clone()));
  return response;
}

/** A file of ours: one with a hash in its name never changes.
 * @param {Request} request
 * @returns {Promise<Response>}
 */
async function file(request) {
  // Our server's files vary by Accept-Encoding alone: whatever was asked for, the content is the same.
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept && HASHED.test(new URL(request.url).pathname)) return kept;
  return kept ? fetch(request).catch(() => kept) : fetch(request);
}

/** Keep a page whole that was loaded before this worker was there.
 * @param {string} path
 * @param {string[]} files
 */
async function keepWhole(path, files) {
  if (!(await keptPage(path))) await keepPage(path, await fetch(path, { credentials: "same-origin" }));
  const kept = await keptPage(path);
  if (!kept) return;
  const later = path + HIGHLIGHTS;
  if ((await kept.page.text()).includes(`"${later}"`) && !(await kept.cache.match(later)))
    await keepHighlights(later, await fetch(later, { credentials: "same-origin" }));
  const ours = files.filter((each) => each.startsWith(FILES_PATH));
  await Promise.all(
    ours.map(async (each) => {
      // One file that cannot be had must not cost the others.
      if (!(await kept.cache.match(each))) await kept.cache.add(each).catch(() => {});
    }),
  );
}

/** Keep an answer under its reader's key; one that shows no reading any more sweeps the copy away.
 * @param {string} path
 * @param {Response} response
 */
async function keepPage(path, response) {
  const html = await textOf(response);
  const key = MEMBER.exec(html)?.[1];
  if (!key) {
    if (response.status < 500) await sweep((_cache, page) => page === path);
    return;
  }
  await sweep((name, _page, isOld) => name !== COPY_CACHE + key || isOld, COPY_CACHE + key);
  await put(key, path, html, response);
}

/** Keep the highlights of a page under its reader's key.
 * @param {string} path
 * @param {Response} response
 */
async function keepHighlights(path, response) {
  const columns = await textOf(response);
  const key = MEMBER_OF_HIGHLIGHTS.exec(columns)?.[1];
  if (key) await put(key, path, columns, response);
}

/** What an answer says, if it is what was asked for.
 * @param {Response} response
 */
async function textOf(response) {
  return response.status === 200 && !response.redirected ? response.text() : "";
}

/** @param {string} key the reader's
 * @param {string} path
 * @param {string} text
 * @param {Response} response as it came
 */
async function put(key, path, text, response) {
  const headers = new Headers(response.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  headers.set(COPY_TIME, new Date().toISOString());
  await (await caches.open(COPY_CACHE + key)).put(path, new Response(text, { headers }));
}

/** Delete the pages that are to go, with their highlights, and caches without a page.
 * @param {(cache: string, page: string, isOld: boolean) => boolean} goes
 * @param {string} [awaited] the cache whose page is only on its way, maybe behind its highlights
 */
async function sweep(goes, awaited) {
  for (const name of (await caches.keys()).filter((each) => each.startsWith(COPY_CACHE))) {
    const cache = await caches.open(name);
    let left = 0;
    for (const request of await cache.keys()) {
      const { pathname } = new URL(request.url);
      if (!READING_PATH.test(pathname)) continue;
      if (goes(name, pathname, isOldPage(await cache.match(request)))) {
        await cache.delete(request);
        await cache.delete(pathname + HIGHLIGHTS);
      } else left += 1;
    }
    if (left === 0 && name !== awaited) await caches.delete(name);
  }
}

/** @param {Response | undefined} page */
function isOldPage(page) {
  return Date.now() - Date.parse(page?.headers.get(COPY_TIME) ?? "") > COPY_AGE;
}

/** Where a page is kept, and as what; nothing older than seven days.
 * @param {string} path
 */
async function keptPage(path) {
  for (const name of (await caches.keys()).filter((each) => each.startsWith(COPY_CACHE))) {
    const cache = await caches.open(name);
    const page = await cache.match(path);
    if (page && !isOldPage(page)) return { cache, page };
  }
  return null;
}

/** A page's copy, which says of itself from when it is.
 * @param {string} path
 * @returns {Promise<Response | null>}
 */
async function copyOf(path) {
  const page = (await keptPage(path))?.page;
  if (!page) return null;
  const html = (await page.text()).replace("<html ", `<html data-kept-at="${page.headers.get(COPY_TIME)}" `);
  return new Response(html, { headers: page.headers });
}
