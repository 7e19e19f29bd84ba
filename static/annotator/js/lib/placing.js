// @ts-check
/** Where cards stand in the margin: level with their text, none over another, the open one exactly level. */

/** Tops for cards in order. The open card stands at its target; those before it give way upwards, the rest downwards.
 * @param {readonly {target: number, height: number}[]} cards
 * @param {number} open index of the open card, or -1
 * @param {number} gap
 * @returns {number[]}
 */
export function place(cards, open, gap) {
  const tops = cards.map((card) => Math.max(0, card.target));
  const height = (/** @type {number} */ index) => cards[index]?.height ?? 0;
  const top = (/** @type {number} */ index) => tops[index] ?? 0;
  const pushDown = (/** @type {number} */ from) => {
    for (let index = from; index < tops.length; index += 1) {
      tops[index] = Math.max(top(index), top(index - 1) + height(index - 1) + gap);
    }
  };
  pushDown(1);
  if (open >= 0) {
    tops[open] = Math.max(0, cards[open]?.target ?? 0);
    for (let index = open - 1; index >= 0; index -= 1) {
      tops[index] = Math.min(top(index), top(index + 1) - gap - height(index));
    }
    const missing = -Math.min(0, top(0));
    if (missing > 0) {
      tops[0] = 0;
      for (let index = 1; index <= open; index += 1) tops[index] = top(index) + missing;
    }
    for (let index = open + 1; index < tops.length; index += 1) tops[index] = Math.max(0, cards[index]?.target ?? 0);
    pushDown(open + 1);
  }
  return tops;
}
