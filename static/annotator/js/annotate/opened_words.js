// @ts-check
/** Says to a screen reader which highlight has been opened, where it stands, and how many lie there. */

import { shortened } from "./choice.js";
import { article, labels } from "./page.js";
import { announce, say, sayCount } from "./words.js";

/** @param {import("../lib/highlights.js").Highlight} highlight
 * @param {number} count how many lie over each other there
 */
export function tellOpened(highlight, count) {
  const label = labels.get(highlight.label)?.name ?? "";
  const { paragraph = "" } = article.blockAt(highlight.start) ?? {};
  const quote = shortened(article.slice(highlight));
  const words = say(paragraph ? "opened" : "opened-heading", { label, quote, n: paragraph });
  announce(count > 1 ? `${words} ${sayCount("here", count)}.` : words);
}
