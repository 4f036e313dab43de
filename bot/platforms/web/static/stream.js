// Listens for what is said and changed. A lost connection comes back by itself and asks for what was missed.
import { page } from "./page.js";
import { showStale } from "./server.js";

const AGAIN_MILLISECONDS = 2000;

export function follow(onMessage) {
  const lost = document.querySelector("[data-lost]");
  let after = page.after;
  let source = null;

  function open() {
    const query = new URLSearchParams({ after, place: page.place, person: page.person });
    source = new EventSource(`/web/stream?${query}`);
    source.addEventListener("hello", () => { lost.hidden = true; });
    source.addEventListener("message", (event) => {
      after = Number(event.lastEventId);
      onMessage(JSON.parse(event.data));
    });
    source.addEventListener("error", () => {
      lost.hidden = false;
      if (source.readyState === EventSource.CLOSED) refused();
    });
  }

  /** The browser gives up when it is answered with an error; we ask why, and come back. */
  async function refused() {
    const answer = await fetch(`/web/here?person=${page.person}`).catch(() => null);
    if (answer?.status === 409) showStale(await answer.text());
    else if (answer?.status === 401 || answer?.status === 403) showStale();
    else setTimeout(open, AGAIN_MILLISECONDS);
  }

  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
  open();
}
