// @ts-check
/** What a note was written over: where another device wrote one meanwhile, the server keeps both. */

/** @typedef {import("./highlights.js").Change} Change */
/** @typedef {import("./highlights.js").Operation} Operation */

/** A change may name so many others at most; the server takes no more. */
const MOST_AFTER = 100;

/** The version of the highlight that the change was made on, and those of our own changes since, which may not be
 * answered yet: each of them that is stored has made one version more. Nothing where that is not known.
 * @param {Change} change
 * @param {number | null | undefined} version the highlight's own, as the server last said; null where that is in doubt
 * @param {readonly Operation[]} pending what is on its way
 * @returns {{base_version?: number, after?: string[]}}
 */
export function basisOf({ op, span, note }, version, pending) {
  if (op !== "detail" || note === undefined) return {};
  const ours = pending.filter((each) => each.span === span);
  const from = ours.findIndex((each) => each.op === "add" || each.base_version !== undefined);
  const first = ours[from];
  const base = first?.op === "add" ? 0 : (first?.base_version ?? version);
  const since = ours.slice(Math.max(0, from)).map(({ uuid }) => uuid);
  const after = [...(first?.after ?? []), ...since];
  if (typeof base !== "number" || after.length > MOST_AFTER) return {};
  return after.length > 0 ? { base_version: base, after } : { base_version: base };
}
