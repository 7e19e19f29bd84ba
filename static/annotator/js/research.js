// @ts-check
/** The researcher's table: hundreds of cells are one stop for Tab, and arrow keys go from cell to cell. */

/** @type {Record<string, [number, number]>} */
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** The links of a table, row by row and column by column; null where there is none.
 * @param {Element} table
 * @returns {(HTMLElement | null)[][]}
 */
function cells(table) {
  return [...table.querySelectorAll("tbody tr")].map((row) =>
    [...row.children].map((cell) => /** @type {HTMLElement | null} */ (cell.querySelector("a"))),
  );
}

/** The next link from a place in a direction, over cells without one.
 * @param {(HTMLElement | null)[][]} table
 * @param {number} row
 * @param {number} column
 * @param {[number, number]} step
 * @returns {HTMLElement | null}
 */
function next(table, row, column, [down, right]) {
  let [y, x] = [row + down, column + right];
  let found = table[y]?.[x];
  while (found === null) {
    [y, x] = [y + down, x + right];
    found = table[y]?.[x];
  }
  return found ?? null;
}

/** Leave one link of a table for Tab to stop at.
 * @param {Element} table
 * @param {Element | null} [stop] the first by default
 */
function keepOne(table, stop = table.querySelector("tbody a[aria-current], tbody a")) {
  for (const link of table.querySelectorAll("tbody a")) link.setAttribute("tabindex", link === stop ? "0" : "-1");
}

function begin() {
  for (const table of document.querySelectorAll("[data-cells]")) keepOne(table);
}

addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  const link = event.target instanceof Element ? event.target.closest("[data-cells] a") : null;
  const table = link?.closest("[data-cells]");
  if (!step || !link || !table || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const all = cells(table);
  const row = all.findIndex((each) => each.some((one) => one === link));
  const found = next(all, row, all[row]?.indexOf(/** @type {HTMLElement} */ (link)) ?? 0, step);
  event.preventDefault();
  if (!found) return;
  keepOne(table, found);
  found.focus();
});

document.addEventListener("htmx:afterSettle", begin);
begin();

// A module of its own: what it names stays here.
export {};
