// @ts-check
/** What is typed or chosen on this page and not saved yet: no answer to something else may take it away. */

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */
/** A form as it was sent. @typedef {{form: HTMLFormElement, body: FormData}} Sent */

const DETAILS = '#sentences [data-do="detail"]';

/** A field that the reader fills in.
 * @param {unknown} node
 * @returns {node is Field}
 */
function isField(node) {
  if (node instanceof HTMLInputElement) return node.type !== "hidden";
  return node instanceof HTMLSelectElement || node instanceof HTMLTextAreaElement;
}

/** The fields of a form, those outside of it that belong to it included.
 * @param {HTMLFormElement} form
 */
const fieldsOf = (form) => [...form.elements].filter(isField);

/** Whether a field says something else than the server wrote into it.
 * @param {Field} field
 */
function isChanged(field) {
  if (field instanceof HTMLSelectElement) {
    const first = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
    return field.selectedOptions[0] !== first;
  }
  if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) {
    return field.checked !== field.defaultChecked;
  }
  return field.value !== field.defaultValue;
}

/** The forms of details that hold something unsaved; a field that does not fit the tag is not asked for.
 * @returns {HTMLFormElement[]}
 */
export function unsaved() {
  const forms = /** @type {HTMLFormElement[]} */ ([...document.querySelectorAll(DETAILS)]);
  return forms.filter((form) => fieldsOf(form).some((field) => !field.matches(":disabled") && isChanged(field)));
}

/** What the reader says with a form, without what the server wrote into it for itself.
 * @param {HTMLFormElement} form @param {FormData} [body]
 */
export function said(form, body = new FormData(form)) {
  const names = new Set(fieldsOf(form).map(({ name }) => name));
  return JSON.stringify([...body].filter(([name]) => names.has(name)));
}

/** Whether a part of the page stays as it is while the rest is brought to the server's answer: a field of a form that
 * has yet to go; a detail that was changed and not sent, which may still be being typed.
 * @param {Node} node @param {readonly HTMLFormElement[]} waiting @param {Sent | null} saved what this is the answer to
 */
export function stays(node, waiting, saved) {
  if (!isField(node) || !node.form) return false;
  const { form, name } = node;
  if (waiting.includes(form)) return true;
  if (!form.matches(DETAILS) || !fieldsOf(form).some((field) => field.name === name && isChanged(field))) return false;
  return saved?.form !== form || saved.body.get(name) !== new FormData(form).get(name);
}

/** The forms of details that must not go with what is taken off the page; with a deleted highlight they may.
 * @param {readonly HTMLFormElement[]} waiting @param {Sent | null} saved
 */
export function held(waiting, saved) {
  const gone = saved?.body.get("do") === "delete" ? saved.form.closest(".edge") : null;
  const forms = unsaved().filter((form) => !gone?.contains(form));
  return forms.filter((form) => fieldsOf(form).some((field) => stays(field, waiting, saved)));
}
