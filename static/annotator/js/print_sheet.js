// @ts-check
/** The print sheet's button: it appears where there is a script to print with. */

const button = document.getElementById("print");

if (button instanceof HTMLButtonElement) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

export {};
