// @ts-check
/** What the server's answer to a batch of changes means for each of them. */

/** @typedef {import("./outbox.js").Answer} Answer */
/** @typedef {import("./outbox.js").Entry} Entry */
/** @typedef {import("./outbox.js").Refusal} Refusal */
/** @typedef {import("./outbox.js").Refused} Refused */
/** `next`: the batch is settled, or is sent again later, one by one, or once its reader has signed in.
 * @typedef {{next: "settled" | "wait" | "alone" | "sign-in", done: string[], refused: {entry: Entry, refusal: Refusal}[]}} Outcome */

/** Answers that may still come for one change of many. */
const WHOLE = [400, 413, 422];

/** @param {number} status */
function isPassing(status) {
  return status === 0 || status === 408 || status === 425 || status === 429 || status >= 500;
}

/** @param {number} status */
function isDone(status) {
  return status === 200 || status === 201;
}

/** @param {Outcome["next"]} next @returns {Outcome} */
function unsettled(next) {
  return { next, done: [], refused: [] };
}

/** Sort a batch by its answer; `waiting` are all changes at hand, for what was done to a refused one later.
 * @param {readonly Entry[]} batch
 * @param {Answer} answer
 * @param {readonly Entry[]} waiting
 * @returns {Outcome}
 */
export function settling(batch, answer, waiting) {
  if (answer.results) return settledEach(batch, answer.results, waiting);
  const { status, message = "" } = answer;
  if (status === 401) return unsettled("sign-in");
  // An answer without results is none of ours, whatever its status: a proxy's page, say.
  if (isPassing(status) || status < 400) return unsettled("wait");
  if (batch.length > 1 && WHOLE.includes(status)) return unsettled("alone");
  return settledEach(
    batch,
    batch.map(({ uuid }) => ({ uuid, status, message })),
    waiting,
  );
}

/** @param {readonly Entry[]} batch
 * @param {readonly import("./outbox.js").Result[]} results
 * @param {readonly Entry[]} waiting
 * @returns {Outcome}
 */
function settledEach(batch, results, waiting) {
  const byUuid = new Map(results.map((result) => [result.uuid, result]));
  /** @type {Outcome} */
  const outcome = { next: "settled", done: [], refused: [] };
  for (const entry of batch) {
    if (outcome.refused.some((each) => each.entry === entry)) continue;
    const { status = 0, message = "" } = byUuid.get(entry.uuid) ?? {};
    if (isDone(status)) outcome.done.push(entry.uuid);
    else if (!isPassing(status)) refuse(entry, { status, message, follows: null }, waiting, outcome);
  }
  return outcome.done.length + outcome.refused.length > 0 ? outcome : unsettled("wait");
}

/** A refused new highlight takes along what was done to it later; a note that meets another one, the notes written over it.
 * @param {Entry} entry
 * @param {Refusal} refusal
 * @param {readonly Entry[]} waiting
 * @param {Outcome} outcome
 */
function refuse(entry, refusal, waiting, outcome) {
  outcome.refused.push({ entry, refusal });
  const isNew = entry.operation.op === "add";
  const isConflict = refusal.status === 409 && entry.operation.base_version !== undefined;
  if (!isNew && !isConflict) return;
  for (const each of waiting) {
    if (each === entry || each.refusal || each.operation.span !== entry.operation.span) continue;
    if (isConflict && !each.operation.after?.includes(entry.uuid)) continue;
    outcome.refused.push({ entry: each, refusal: { ...refusal, follows: entry.uuid } });
  }
}

/** Refused changes without those that went with another one among them.
 * @param {readonly Entry[]} refused
 */
export function heads(refused) {
  const names = new Set(refused.map(({ uuid }) => uuid));
  return refused.filter(({ refusal }) => !refusal?.follows || !names.has(refusal.follows));
}

/** A reading's refused changes, each with those that went with it.
 * @param {readonly Entry[]} entries
 * @param {string} reading
 * @returns {Refused[]}
 */
export function grouped(entries, reading) {
  const all = entries.filter((entry) => entry.reading === reading && entry.refusal);
  return heads(all).map(({ uuid, operation, refusal }) => ({
    operation,
    status: refusal?.status ?? 0,
    message: refusal?.message ?? "",
    dependents: all.filter((each) => each.refusal?.follows === uuid).map((each) => each.operation),
  }));
}
