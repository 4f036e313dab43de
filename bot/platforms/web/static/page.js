// What the server said about this page, and small things everybody uses.
export const page = JSON.parse(document.getElementById("page").textContent);

/** A name for one thing somebody does; a retry sends the same one, so it happens once. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Say something to a screen reader without moving anything. */
export function announce(words) {
  document.getElementById("status").textContent = words;
}

/** The element that a fragment drawn by the server describes. Its texts were escaped there. */
export function elementOf(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

export const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
