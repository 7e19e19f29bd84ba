// @ts-check
/** How many words a text has, by the same rule as the server's `domain/word_count.py`. */

const UNSPACED =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{3ffff}]/gu;
// Python's white space: what \s leaves out of it, and without the byte order mark that \s puts in.
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python takes these four for white space, and so must we.
const GAP = /(?:[^\S\ufeff]|[\x1c-\x1f\x85])+/;
const LETTER = /[\p{L}\p{N}]/u;

const WORDS_A_MINUTE = 200;

/** What stands between white space and holds a letter or digit; where a script puts no spaces, half its characters.
 * @param {string} text
 */
export function wordCount(text) {
  let unspaced = 0;
  const spaced = text.replace(UNSPACED, () => {
    unspaced += 1;
    return " ";
  });
  const words = spaced.split(GAP).filter((word) => LETTER.test(word));
  return words.length + Math.ceil(unspaced / 2);
}

/** Whole minutes, at least one.
 * @param {number} words
 */
export function minutesToRead(words) {
  return Math.max(1, Math.round(words / WORDS_A_MINUTE));
}
