// @ts-check
/** Where this screen's changes go, and the page as the server has it now. */

import { freshPage } from "../device/sending.js";
import { main } from "./page.js";

/** @typedef {import("../lib/outbox.js").Answer} Answer */
/** @typedef {import("../lib/outbox.js").Target} Target */
/** @typedef {Answer & {blocks?: Record<string, string>, cards?: Record<string, string>, removed?: string[], results?: (import("../lib/outbox.js").Result & {span: string, number: number, version: number})[]}} FullAnswer */

/** @returns {Target} */
export function target() {
  const { operationsUrl = "", sha256 = "", codebook = "" } = main.dataset;
  return { url: operationsUrl, text_sha256: sha256, codebook_version: codebook };
}

/** This reading as the server has it now; null when its reader is signed out.
 * @returns {Promise<Document | null>}
 */
export async function freshReading() {
  const fresh = await freshPage("?whole=1");
  return fresh?.getElementById("reading")?.dataset.reading === main.dataset.reading ? fresh : null;
}
