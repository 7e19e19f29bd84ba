// @ts-check
/** Words in a text, by the same rules as the server's `domain/snapping.py`. Positions are UTF-16 indexes. */

/** @typedef {{start: number, end: number}} Range */

const WORD = /[\p{L}\p{N}\p{M}_\u200c\u200d]/u;
const DIGIT = /\p{Nd}/u;
// Marks that hold a word together between two of its letters or digits: 6.5, council’s, air-quality, a.m.
const JOINERS = "'’.-‐‑·";
// Scripts written without spaces, where only a dictionary knows the words.
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** @type {Map<string, Intl.Segmenter>} */
const segmenters = new Map();

/** One segmenter per kind: they are dear to make.
 * @param {"word" | "grapheme"} granularity
 */
export function segmenter(granularity) {
  const found = segmenters.get(granularity) ?? new Intl.Segmenter(undefined, { granularity });
  segmenters.set(granularity, found);
  return found;
}

/** The character at `index`, whole.
 * @param {string} text
 * @param {number} index
 */
export function characterAt(text, index) {
  return index < 0 || index >= text.length ? "" : String.fromCodePoint(text.codePointAt(index) ?? 0);
}

/** Where the character before `index` begins.
 * @param {string} text
 * @param {number} index
 */
export function before(text, index) {
  const isPair = index > 1 && /[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(index - 2, index));
  return index - (isPair ? 2 : 1);
}

/** Whether the character at `index` belongs to a word: a letter, or a joiner between two.
 * @param {string} text
 * @param {number} index
 */
export function isInWord(text, index) {
  const character = characterAt(text, index);
  if (character === "") return false;
  if (WORD.test(character)) return true;
  const left = characterAt(text, before(text, index));
  const right = characterAt(text, index + character.length);
  if (character === ",") return DIGIT.test(left) && DIGIT.test(right);
  return JOINERS.includes(character) && WORD.test(left) && WORD.test(right);
}

/** The first index of the word that goes on at `index`.
 * @param {string} text
 * @param {number} index
 */
export function wordStart(text, index) {
  if (index <= 0 || index >= text.length) return index;
  if (UNSPACED.test(characterAt(text, index))) return segmenter("word").segment(text).containing(index)?.index ?? index;
  let at = index;
  while (at > 0 && isInWord(text, at) && isInWord(text, before(text, at))) at = before(text, at);
  return at;
}

/** The index after the word that goes on up to `index`.
 * @param {string} text
 * @param {number} index
 */
export function wordEnd(text, index) {
  if (index <= 0 || index >= text.length) return index;
  const last = before(text, index);
  if (UNSPACED.test(characterAt(text, last))) {
    const piece = segmenter("word").segment(text).containing(last);
    return piece ? piece.index + piece.segment.length : index;
  }
  let at = index;
  while (at < text.length && isInWord(text, before(text, at)) && isInWord(text, at)) at += characterAt(text, at).length;
  return at;
}

// Signs that never join with their neighbours to one character: Latin letters, digits, and what stands between them.
const SINGLE = /^[\n\x20-\x7e\xa0-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*$/;

// Where a word begins after a space: no character reaches across, but that two vowel signs count as letters.
const AFTER_SPACE = /(?<=\s)(?![\u0e33\u0eb3])(?=[\p{L}\p{N}\p{P}])/u;

/** The characters of `text` as its reader sees them; most texts need no segmenter for it.
 * @param {string} text
 * @returns {Iterable<{index: number, segment: string}>}
 */
export function graphemes(text) {
  if (!SINGLE.test(text)) return segmented(text);
  return [...text].map((segment, index) => ({ index, segment }));
}

/** Word by word: the longer a string, the longer a browser takes for each character of it.
 * @param {string} text
 */
function* segmented(text) {
  let from = 0;
  for (const piece of text.split(AFTER_SPACE)) {
    for (const { index, segment } of segmenter("grapheme").segment(piece)) yield { index: from + index, segment };
    from += piece.length;
  }
}

/** Every word of `text`, in order; an emoji is one, so that it can be reached.
 * @param {string} text
 * @returns {Range[]}
 */
export function words(text) {
  /** @type {Range[]} */
  const found = [];
  for (const piece of graphemes(text)) {
    const previous = found.at(-1);
    if (previous && piece.index < previous.end) continue;
    const start = piece.index;
    if (isInWord(text, start))
      found.push({ start, end: Math.max(wordEnd(text, start + piece.segment.length), start + piece.segment.length) });
    else if (/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(piece.segment)) {
      found.push({ start, end: start + piece.segment.length });
    }
  }
  return found;
}
