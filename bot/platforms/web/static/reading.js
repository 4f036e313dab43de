// Tells the server how far somebody has read, once they look at the page.
import { page } from "./page.js";
import { NotSent, post } from "./server.js";

const A_MOMENT = 400;
let newest = 0;
let told = 0;
let asking = null;

export function markRead(message) {
  newest = Math.max(newest, message);
  clearTimeout(asking);
  if (newest > told) asking = setTimeout(tell, A_MOMENT);
}

async function tell() {
  if (document.hidden) return;
  told = newest;
  try {
    await post("/web/read", { place: page.place, message: newest });
  } catch (problem) {
    if (!(problem instanceof NotSent)) throw problem;
  }
}

document.addEventListener("visibilitychange", () => markRead(newest));
