// Sends what somebody does to the server; a lost answer is asked for again with the same key.
import { page, wait } from "./page.js";

const WAITS = [300, 1000, 2500];
let leaving = false;

export class NotSent extends Error {}

/** The answer as an object, or null where there is nothing to say. NotSent carries words for the person. */
export async function post(path, body) {
  if (leaving) return null;
  for (let attempt = 0; ; attempt += 1) {
    const answer = await send(path, body);
    if (answer?.ok) return answer.status === 204 ? null : answer.json();
    if (answer?.status === 409) showStale(await answer.text());
    if (answer?.status === 401 || answer?.status === 403) showStale();
    const again = !answer || answer.status >= 500;
    if (!again || attempt >= WAITS.length) {
      throw new NotSent(answer?.status === 503 || answer?.status === 409 ? await readWords(answer) : "");
    }
    await wait(WAITS[attempt]);
  }
}

async function send(path, body) {
  try {
    return await fetch(path, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-Prompt-Club-Token": page.token,
        "X-Prompt-Club-Person": page.person,
      },
      body: JSON.stringify(body),
    });
  } catch {
    return null; // nobody answered
  }
}

async function readWords(answer) {
  return answer.bodyUsed ? "" : answer.text();
}

/** This page belongs to somebody who is no longer here: another tab (in `words`), or an older visit. */
export function showStale(words) {
  const banner = document.querySelector("[data-stale]");
  banner.querySelector("span").textContent = words ?? banner.dataset.stale;
  banner.hidden = false;
}

// Whoever becomes somebody else is done here; what this page still wanted to say was the other one's.
document.querySelector(".people").addEventListener("submit", () => {
  leaving = true;
});
