// @ts-check
/** Reads the columns in which the server packs thousands of cards out of reach (`templatetags/cards.py`). */

/** What few of them have: `late` and `note` in words, details by their attributes' names.
 * @typedef {Record<string, string>} More
 */
/** @typedef {{spans: string, numbers: number[], starts: number[], lengths: number[], slugs: string[], labels: number[], versions: number[], more: Record<string, More>}} Packed */
/** @typedef {{uuid: string, number: number, start: number, end: number, label: string, version: number, more: More}} Far */

const UUID_BYTES = 16;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Each highlight, in reading order.
 * @param {Packed} packed
 * @returns {Far[]}
 */
export function unpacked({ spans, numbers, starts, lengths, slugs, labels, versions, more }) {
  const bytes = atob(spans);
  let number = 0;
  let start = 0;
  return lengths.map((length, place) => {
    number += numbers[place] ?? 0;
    start += starts[place] ?? 0;
    return {
      uuid: uuidAt(bytes, place * UUID_BYTES),
      number,
      start,
      end: start + length,
      label: slugs[labels[place] ?? 0] ?? "",
      version: versions[place] ?? 0,
      more: more[place] ?? {},
    };
  });
}

/** @param {string} bytes one character each
 * @param {number} at
 */
function uuidAt(bytes, at) {
  let hex = "";
  for (let place = at; place < at + UUID_BYTES; place += 1) hex += HEX[bytes.charCodeAt(place)];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
