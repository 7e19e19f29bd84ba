// @ts-check
/** The article's text as the page has it: blocks at their places, addressed in code points. */

import { codePointLength, codePointSlice, toCodePoints, toUtf16 } from "./offsets.js";

/** @typedef {{id: string, start: number, text: string, sentences: number[], paragraph: string}} Block */
/** @typedef {{start: number, end: number}} Place code points, half-open */

/** A text made of blocks in order. Between two blocks the stored text has nothing but line breaks. */
export class ArticleText {
  /** @param {readonly Block[]} blocks */
  constructor(blocks) {
    this.blocks = blocks.map((block) => ({ ...block, end: block.start + codePointLength(block.text) }));
  }

  /** Where the last block ends. */
  get end() {
    return this.blocks.at(-1)?.end ?? 0;
  }

  /** The number of the block that holds `offset`; between two blocks, the one before (or after, on `after`).
   * @param {number} offset
   * @param {boolean} [after]
   */
  indexAt(offset, after = false) {
    let low = 0;
    let high = this.blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.blocks[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const found = this.blocks[low];
    const isPast = found !== undefined && after && offset >= found.end && low + 1 < this.blocks.length;
    return isPast ? low + 1 : low;
  }

  /** The block that holds `offset`.
   * @param {number} offset
   */
  blockAt(offset) {
    return this.blocks[this.indexAt(offset)];
  }

  /** The blocks that share at least one character with a place.
   * @param {Place} place
   */
  blocksIn({ start, end }) {
    const found = [];
    for (let index = this.indexAt(start); index < this.blocks.length; index += 1) {
      const block = this.blocks[index];
      if (!block || block.start >= end) break;
      if (block.end > start) found.push(block);
    }
    return found;
  }

  /** The stored words of a place.
   * @param {Place} place
   */
  slice({ start, end }) {
    let words = "";
    let at = start;
    for (const block of this.blocksIn({ start, end })) {
      if (block.start > at) words += "\n".repeat(block.start - at);
      words += codePointSlice(block.text, Math.max(0, start - block.start), Math.min(end, block.end) - block.start);
      at = Math.min(end, block.end);
    }
    return words + "\n".repeat(Math.max(0, end - at));
  }

  /** Ask a question in UTF-16 about the whole blocks around `place`, and get its answer back in code points.
   * @param {Place} place
   * @param {(text: string, range: Place) => Place | null} question
   * @returns {Place | null}
   */
  within(place, question) {
    const first = this.blocks[this.indexAt(place.start)];
    const last = this.blocks[this.indexAt(Math.max(place.start, place.end - 1))];
    if (!first || !last) return null;
    const base = first.start;
    const text = this.slice({ start: base, end: Math.max(last.end, place.end) });
    const asked = { start: toUtf16(text, place.start - base), end: toUtf16(text, place.end - base) };
    const answer = question(text, asked);
    if (!answer) return null;
    return { start: base + toCodePoints(text, answer.start), end: base + toCodePoints(text, answer.end) };
  }

  /** All sentences of a block, without the space at their ends.
   * @param {{start: number, end: number, text: string, sentences: number[]}} block
   * @returns {Place[]}
   */
  sentencesOf(block) {
    const starts = block.sentences.length ? block.sentences : [block.start];
    return starts.map((start, index) => {
      const end = starts[index + 1] ?? block.end;
      const words = codePointSlice(block.text, start - block.start, end - block.start);
      return { start, end: start + codePointLength(words.trimEnd()) };
    });
  }

  /** The sentence around `offset`, or the block's last one.
   * @param {number} offset
   * @returns {Place | null}
   */
  sentenceAt(offset) {
    const block = this.blockAt(offset);
    if (!block) return null;
    return this.sentencesOf(block).findLast((sentence) => sentence.start <= offset) ?? null;
  }
}
