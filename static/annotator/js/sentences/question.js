// @ts-check
/** The question before handing in comes open with the page; with a script it stands before all else, till it is answered. */

export function followQuestion() {
  const dialog = document.getElementById("hand-in-dialog");
  if (!(dialog instanceof HTMLDialogElement) || !dialog.open) return;
  forget();
  dialog.close();
  dialog.showModal();
  dialog.querySelector("[data-close]")?.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("close", () => document.getElementById("sentences")?.focus({ preventScroll: true }));
}

/** Loaded again, the page asks no more; and the browser, led to no place in it, leaves the focus in the question. */
function forget() {
  const address = new URL(location.href);
  address.searchParams.delete("hand-in");
  address.hash = "";
  history.replaceState(null, "", address);
}
