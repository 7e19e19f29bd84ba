// @ts-check
/** The one place of this screen that talks to the server. */

import { main } from "./page.js";

/** @typedef {import("../lib/highlights.js").Operation} Operation */
/** @typedef {import("../lib/queue.js").Answer} Answer */
/** @typedef {Answer & {blocks?: Record<string, string>, cards?: Record<string, string>, removed?: string[], results?: (import("../lib/queue.js").Result & {span: string, number: number, version: number})[]}} FullAnswer */

const TIMEOUT = 10_000;

/** Send operations; throws when no answer comes.
 * @param {readonly Operation[]} operations
 * @returns {Promise<FullAnswer>}
 */
export async function send(operations) {
  const answer = await post(operations);
  const isStale = answer.status === 403 && answer.headers.get("X-Sourcewise-Refusal") === "csrf";
  if (!isStale) return read(answer);
  const fresh = await freshPage();
  if (!fresh) return { status: 401 };
  return read(await post(operations));
}

/** @param {readonly Operation[]} operations */
function post(operations) {
  const { operationsUrl = "", csrf = "", sha256, codebook, member } = main.dataset;
  return fetch(operationsUrl, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
    body: JSON.stringify({ text_sha256: sha256, codebook_version: codebook, member, operations }),
    credentials: "same-origin",
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT),
  });
}

/** @param {Response} response
 * @returns {Promise<FullAnswer>}
 */
async function read(response) {
  const isJson = (response.headers.get("Content-Type") ?? "").startsWith("application/json");
  const content = isJson ? await response.json() : {};
  const retryAfter = Number(response.headers.get("Retry-After")) || 0;
  return { ...content, status: response.status, retryAfter };
}

/** This page as the server has it now; its token is used from here on. Null when the reader is signed out.
 * @returns {Promise<Document | null>}
 */
export async function freshPage() {
  const response = await fetch(location.pathname, { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) });
  if (!response.ok || response.redirected) return null;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const reading = fresh.getElementById("reading");
  if (reading?.dataset.reading !== main.dataset.reading) return null;
  main.dataset.csrf = reading?.dataset.csrf ?? "";
  return fresh;
}
