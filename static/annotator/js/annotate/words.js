// @ts-check
/** The sentences this screen says, as the server translated them into the page's <template id="…words">. */

const templates = [...document.querySelectorAll('template[id$="words"]')];
const icons = document.getElementById("icons");

/** The page's words for `name`, with `{n}` and the like filled in.
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 */
export function say(name, values = {}) {
  const text = wordsOf(name)?.textContent ?? "";
  return text.replaceAll(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}

/** @param {string} name */
function wordsOf(name) {
  for (const template of templates) {
    const found = template instanceof HTMLTemplateElement && template.content.querySelector(`[data-word="${name}"]`);
    if (found) return found;
  }
  return null;
}

/** The same for a number of things: the singular has a name of its own.
 * @param {string} name
 * @param {number} n
 * @param {Record<string, string | number>} [values]
 */
export function sayCount(name, n, values = {}) {
  const isOne = new Intl.PluralRules(document.documentElement.lang).select(n) === "one";
  return say(isOne ? `${name}-one` : name, { n, ...values });
}

/** A fresh copy of one of the page's icons.
 * @param {string} name
 * @returns {Node}
 */
export function icon(name) {
  const found = icons instanceof HTMLTemplateElement && icons.content.querySelector(`[data-icon="${name}"] > svg`);
  return found ? found.cloneNode(true) : document.createTextNode("");
}

/** Tell a screen reader: by the one way the browser has, never by two.
 * @param {string} message
 */
export function announce(message) {
  if (typeof document.ariaNotify === "function") {
    document.ariaNotify(message);
    return;
  }
  const region = document.getElementById("status");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => {
    region.textContent = message;
  });
}
