// @ts-check
/** Everything that makes reading comfortable, joined to the page: filters, minimap, going to a paragraph, text size. */

import { followComfort } from "./comfort.js";
import { followFilters, showNext } from "./filters.js";
import { askWhere, followJump } from "./jump.js";
import { isForText } from "./letter_keys.js";
import { drawMap, followMap } from "./minimap.js";
import { article } from "./page.js";
import { followSpoken } from "./spoken.js";
import { lookAgain, view } from "./view.js";

/** @typedef {import("./editor.js").Editor} Editor */
/** @typedef {import("./opened.js").Opened} Opened */

/** @param {Editor} editor @param {Opened} opened @param {() => void} layOut */
export function followReading(editor, opened, layOut) {
  const moved = () => {
    layOut();
    lookAgain();
  };
  followFilters({
    highlights: () => editor.highlights,
    open: () => opened.highlight,
    close: () => opened.close(),
    step: (step) => void opened.step(step, article.blocks[view().first]?.start ?? 0),
    moved: () => {
      moved();
      drawMap(editor.highlights.all());
    },
  });
  followSpoken(() => editor.highlights);
  followComfort(moved);
  followJump();
  followMap();
  document.addEventListener("keydown", letterKey);
}

/** F shows the next tag, G asks for a paragraph, while the text has the focus.
 * @param {KeyboardEvent} event
 */
function letterKey(event) {
  const doing = { f: showNext, g: askWhere }[event.key.toLowerCase()];
  if (!doing || !isForText(event)) return;
  event.preventDefault();
  doing();
}
