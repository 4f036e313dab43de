// What stands around the chat: the side bar (a drawer on a phone), the start page, language and colours.
import { elementOf, newKey, page } from "./page.js";
import { NotSent, post } from "./server.js";

const A_YEAR = 60 * 60 * 24 * 365;
const WIDE = matchMedia("(min-width: 1181px)");

export class Panels {
  constructor(root) {
    this.side = root.getElementById("side");
    this.people = root.querySelector(".who-am-i");
    this.home = root.getElementById("home");
    this.homeCard = root.querySelector("[data-home-card]");
    this.menu = root.querySelector("[data-drawer=open]");
    this.toggle = root.querySelector("[data-home=toggle]");
    this.listen(root);
    const wanted = localStorage.getItem("home") ?? ("started" in this.home.dataset ? "open" : "closed");
    if (WIDE.matches && wanted === "open") this.openHome(true);
  }

  listen(root) {
    root.querySelectorAll("[data-drawer]").forEach((part) => {
      part.addEventListener("click", () => this.openSide(part.dataset.drawer === "open"));
    });
    root.querySelectorAll("[data-home]").forEach((part) => {
      part.addEventListener("click", () => {
        const open = part.dataset.home === "toggle" && !this.home.classList.contains("open");
        this.openHome(open);
        if (WIDE.matches) localStorage.setItem("home", open ? "open" : "closed");
        if (open) this.home.focus();
        else this.toggle.focus();
      });
    });
    root.querySelectorAll("[data-cookie]").forEach((choice) => {
      choice.addEventListener("change", () => this.remember(choice));
    });
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      this.closeOne();
    });
    root.addEventListener("click", (event) => {
      if (!this.people.contains(event.target)) this.people.open = false;
    });
  }

  /** Escape closes what lies on top, and gives the focus back to what opened it. */
  closeOne() {
    if (this.people.open && this.people.contains(document.activeElement)) {
      this.people.open = false;
      this.people.querySelector("summary").focus();
    } else if (this.side.classList.contains("open")) {
      this.openSide(false);
    } else if (!WIDE.matches && this.home.classList.contains("open")) {
      this.openHome(false);
      this.toggle.focus();
    }
  }

  openSide(open) {
    this.side.classList.toggle("open", open);
    this.menu.setAttribute("aria-expanded", String(open));
    document.querySelector(".chat").inert = open;
    if (open) this.side.querySelector(".side-close").focus();
    else this.menu.focus();
  }

  openHome(open) {
    this.home.classList.toggle("open", open);
    this.toggle.setAttribute("aria-expanded", String(open));
  }

  /** Colours change at once; another language is another page. */
  remember(choice) {
    document.cookie = `${choice.dataset.cookie}=${choice.value}; path=/; max-age=${A_YEAR}; SameSite=Strict`;
    if (choice.dataset.cookie.endsWith("language")) location.reload();
    else if (choice.value) document.documentElement.dataset.theme = choice.value;
    else delete document.documentElement.dataset.theme;
  }

  showHome(html) {
    const focused = this.homeCard.contains(document.activeElement);
    this.homeCard.replaceChildren(elementOf(html));
    if (focused) this.home.focus();
  }

  /** Ask what the bot's home shows now; several reasons at once are one question. */
  refreshHome() {
    clearTimeout(this.asking);
    this.asking = setTimeout(async () => {
      try {
        const effect = await post("/web/open", { key: newKey() });
        if (effect?.kind === "home") this.showHome(effect.html);
      } catch (problem) {
        if (!(problem instanceof NotSent)) throw problem;
      }
    }, 200);
  }

  markUnread(place) {
    const link = this.side.querySelector(`[data-place="${CSS.escape(place)}"]`);
    link?.querySelector(".dot")?.removeAttribute("hidden");
    this.menu.querySelector(".dot").hidden = false;
  }
}
