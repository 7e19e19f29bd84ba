// @ts-check
/** The only place that converts between the browser's UTF-16 units and the code points that everything stored counts in. */

const SURROGATE = /[\ud800-\udfff]/;

/** How many UTF-16 units the character at `index` takes.
 * @param {string} text
 * @param {number} index
 */
function unitsAt(text, index) {
  return /** @type {number} */ (text.codePointAt(index)) > 0xffff ? 2 : 1;
}

/** Code points before the UTF-16 `index`; an index inside a character counts as before that character.
 * @param {string} text
 * @param {number} index
 */
export function toCodePoints(text, index) {
  const end = Math.min(index, text.length);
  if (!SURROGATE.test(text)) return end;
  let count = 0;
  for (let at = 0; at < end; count += 1) {
    at += unitsAt(text, at);
    if (at > end) break;
  }
  return count;
}

/** Many ranges at once, in one walk through the text.
 * @param {string} text
 * @param {readonly {start: number, end: number}[]} ranges UTF-16, one after the other, cutting no character
 * @returns {{start: number, end: number}[]} code points
 */
export function rangesToCodePoints(text, ranges) {
  let at = 0;
  let count = 0;
  const to = (/** @type {number} */ index) => {
    for (; at < index; count += 1) at += unitsAt(text, at);
    return count;
  };
  return ranges.map(({ start, end }) => ({ start: to(start), end: to(end) }));
}

/** The UTF-16 index where code point number `count` begins; the text's end where there are fewer.
 * @param {string} text
 * @param {number} count
 */
export function toUtf16(text, count) {
  if (!SURROGATE.test(text)) return Math.min(count, text.length);
  let at = 0;
  for (let seen = 0; seen < count && at < text.length; seen += 1) at += unitsAt(text, at);
  return at;
}

/** How many code points `text` has.
 * @param {string} text
 */
export function codePointLength(text) {
  return toCodePoints(text, text.length);
}

/** `text[start:end]` as Python would cut it.
 * @param {string} text
 * @param {number} start code points
 * @param {number} end code points
 */
export function codePointSlice(text, start, end) {
  return text.slice(toUtf16(text, start), toUtf16(text, end));
}

/** The first and last `count` code points of `text`, by which two sides agree that they mean the same words.
 * @param {string} text
 * @param {number} [count]
 * @returns {[string, string]}
 */
export function quoteEnds(text, count = 32) {
  const length = codePointLength(text);
  return [codePointSlice(text, 0, count), codePointSlice(text, Math.max(0, length - count), length)];
}
