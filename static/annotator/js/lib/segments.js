// @ts-check
/** Cutting a block's text at every edge of its highlights, with the same result as the server's. */

/** @typedef {{start: number, end: number, label: string, number: number | string}} Placed */
/** @typedef {{start: number, end: number, covering: Placed[]}} Segment */
/** @typedef {{slug: string, name: string, letter: string, tint: number, line: string, question: string, key: number}} Label */

/** Provisional highlights have no number yet: they count as the newest.
 * @param {number | string} number
 */
function rank(number) {
  return typeof number === "number" ? number : Number.MAX_SAFE_INTEGER;
}

/** By place, the longer first where two begin together.
 * @param {Placed} a
 * @param {Placed} b
 */
export function readingOrder(a, b) {
  return a.start - b.start || b.end - a.end || rank(a.number) - rank(b.number);
}

/** The one a click means first.
 * @param {Placed} a
 * @param {Placed} b
 */
export function shortestFirst(a, b) {
  return a.end - a.start - (b.end - b.start) || rank(a.number) - rank(b.number) || a.start - b.start;
}

/** Flat segments from `start` to `end` that join without a gap; offsets in code points.
 * @template {Placed} P
 * @param {number} start
 * @param {number} end
 * @param {readonly P[]} spans
 * @returns {{start: number, end: number, covering: P[]}[]}
 */
export function segments(start, end, spans) {
  const inside = spans.filter((span) => span.start < end && span.end > start).sort(shortestFirst);
  const edges = new Set([start, end]);
  for (const span of inside) {
    edges.add(Math.max(span.start, start));
    edges.add(Math.min(span.end, end));
  }
  const cuts = [...edges].sort((a, b) => a - b);
  return cuts.slice(1).map((right, place) => {
    const left = /** @type {number} */ (cuts[place]);
    return { start: left, end: right, covering: inside.filter((span) => span.start <= left && span.end >= right) };
  });
}

/** Tint and line of one label.
 * @param {Label} label
 */
export function labelCss(label) {
  return `tint-${label.tint} line-${label.line}`;
}

/** The classes of a segment: one label's paint, or two bands, the highlight that starts first above.
 * @param {readonly Placed[]} covering at least one
 * @param {ReadonlyMap<string, Label>} labels
 */
export function markCss(covering, labels) {
  const [upper, lower] = [...covering].sort(readingOrder).map((span) => /** @type {Label} */ (labels.get(span.label)));
  if (!upper) return "";
  if (!lower) return labelCss(upper);
  const bands = `upper-tint-${upper.tint} upper-line-${upper.line} lower-tint-${lower.tint} lower-line-${lower.line}`;
  return covering.length > 2 ? `two many ${bands}` : `two ${bands}`;
}
