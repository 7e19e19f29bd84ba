// @ts-check
/** What can be undone and redone: two stacks of steps, each an operation's UUID with the change that takes it back. */

/** @typedef {import("./highlights.js").Change} Change */
/** @typedef {{uuid: string, inverse: Change}} Step */

const MOST_STEPS = 100;

/** Undo and redo, newest last, as the server rebuilds them from the stored operations. */
export class History {
  /** @param {{undo?: Step[], redo?: Step[]}} [stored] */
  constructor({ undo = [], redo = [] } = {}) {
    this.undoSteps = [...undo];
    this.redoSteps = [...redo];
  }

  get canUndo() {
    return this.undoSteps.length > 0;
  }

  get canRedo() {
    return this.redoSteps.length > 0;
  }

  /** A new change was made: what was undone before can no longer be redone.
   * @param {string} uuid
   * @param {Change} inverse
   */
  did(uuid, inverse) {
    this.undoSteps.push(step(uuid, inverse));
    this.undoSteps.splice(0, this.undoSteps.length - MOST_STEPS);
    this.redoSteps.length = 0;
  }

  /** The change that takes the newest one back; call `undid` once it is made.
   * @returns {Change | undefined}
   */
  takeUndo() {
    return this.undoSteps.pop()?.inverse;
  }

  /** @returns {Change | undefined} */
  takeRedo() {
    return this.redoSteps.pop()?.inverse;
  }

  /** The operation that undid something can itself be taken back, by redo.
   * @param {string} uuid
   * @param {Change} inverse
   */
  undid(uuid, inverse) {
    this.redoSteps.push(step(uuid, inverse));
  }

  /** What was redone can be undone again; unlike a new change it leaves the rest to be redone.
   * @param {string} uuid
   * @param {Change} inverse
   */
  redid(uuid, inverse) {
    this.undoSteps.push(step(uuid, inverse));
  }

  /** A change that this page did not make just now: as the server sorts it in, and once only.
   * @param {string} uuid
   * @param {Change | null} inverse
   * @param {string | null} [undoes] the operation it took back
   */
  replay(uuid, inverse, undoes) {
    if ([...this.undoSteps, ...this.redoSteps].some((each) => each.uuid === uuid)) return;
    const wasDone = this.undoSteps.some((each) => each.uuid === undoes);
    const wasUndone = this.redoSteps.some((each) => each.uuid === undoes);
    if (undoes) this.forget(undoes);
    if (!inverse) return;
    if (wasDone) this.undid(uuid, inverse);
    else if (wasUndone) this.redid(uuid, inverse);
    else this.did(uuid, inverse);
  }

  /** The server did the operation to a highlight beside the one that was asked for: that one is taken back.
   * @param {string} uuid
   * @param {string} span
   * @param {boolean} isThere whether it stands
   */
  turned(uuid, span, isThere) {
    for (const each of [...this.undoSteps, ...this.redoSteps]) {
      if (each.uuid !== uuid || each.inverse.span === span) continue;
      each.inverse = { op: isThere ? "delete" : "restore", span, undoes: uuid };
    }
  }

  /** The operation was never stored: nothing can take it back.
   * @param {string} uuid
   */
  forget(uuid) {
    const isOther = (/** @type {Step} */ each) => each.uuid !== uuid;
    this.undoSteps = this.undoSteps.filter(isOther);
    this.redoSteps = this.redoSteps.filter(isOther);
  }
}

/** @param {string} uuid
 * @param {Change} inverse
 * @returns {Step}
 */
function step(uuid, inverse) {
  return { uuid, inverse: { ...inverse, undoes: uuid } };
}
