// @ts-check
/** Small choices that this browser keeps for a year, in cookies that the server may read. */

const YEAR = 365 * 24 * 3600;

/** @param {string} name @param {string} value */
export function remember(name, value) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
}

/** @param {string} name */
export function remembered(name) {
  return document.cookie
    .split("; ")
    .find((each) => each.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}
