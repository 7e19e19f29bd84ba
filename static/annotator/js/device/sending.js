// @ts-check
/** Talks to the server for the outbox, under the page's own member key and with a token that is renewed when it must be. */

/** @typedef {import("../lib/outbox.js").Answer} Answer */
/** @typedef {import("../lib/outbox.js").Entry} Entry */

const TIMEOUT = 10_000;

/** Whose page this is; empty when nobody is signed in. */
export const memberKey = document.body.dataset.memberKey ?? "";

/** @param {Document} [page] */
function token(page = document) {
  return String(JSON.parse(page.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "");
}

/** Send a batch of one reading's changes; throws when no answer comes.
 * @param {readonly Entry[]} batch
 * @returns {Promise<Answer>}
 */
export async function send(batch) {
  const answer = await post(batch);
  const isStale = answer.status === 403 && answer.headers.get("X-Sourcewise-Refusal") === "csrf";
  if (!isStale) return read(answer);
  const fresh = await freshPage();
  if (!fresh) return { status: 401 };
  return read(await post(batch));
}

/** @param {readonly Entry[]} batch */
function post(batch) {
  const [first] = batch;
  if (!first) throw new Error("There is nothing to send.");
  const { url, text_sha256, codebook_version } = first.target;
  const operations = batch.map(({ operation }) => operation);
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify({ text_sha256, codebook_version, member_key: memberKey, operations }),
    credentials: "same-origin",
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT),
  });
}

/** @param {Response} response
 * @returns {Promise<Answer>}
 */
async function read(response) {
  const isJson = (response.headers.get("Content-Type") ?? "").startsWith("application/json");
  const content = isJson ? await response.json() : {};
  const retryAfter = Number(response.headers.get("Retry-After")) || 0;
  return { ...content, status: response.status, retryAfter };
}

/** This page as the server has it now, its tokens used from here on; null when another reader, or nobody, is signed in.
 * @param {string} [query]
 * @returns {Promise<Document | null>}
 */
export async function freshPage(query = "") {
  const response = await fetch(location.pathname + query, { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) });
  if (!response.ok || response.redirected) return null;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  if (fresh.body.dataset.memberKey !== memberKey) return null;
  renew(fresh);
  return fresh;
}

/** @param {Document} fresh */
function renew(fresh) {
  const now = token(fresh);
  document.body.setAttribute("hx-headers", fresh.body.getAttribute("hx-headers") ?? "{}");
  for (const each of document.querySelectorAll("[data-csrf]")) if (each instanceof HTMLElement) each.dataset.csrf = now;
  for (const each of document.getElementsByName("csrfmiddlewaretoken")) {
    if (each instanceof HTMLInputElement) each.value = now;
  }
}
