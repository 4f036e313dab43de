// The list of messages: puts each in its place, in order, and replaces the ones that changed.
import { announce, elementOf } from "./page.js";

const LONG_MILLISECONDS = 12000;

export class Messages {
  constructor(root) {
    this.list = root.getElementById("messages");
    this.scroll = root.querySelector(".scroll");
    this.hello = root.querySelector("[data-hello]");
    this.toNewest = root.querySelector("[data-newest]");
    this.words = this.list.dataset;
    this.waiting = new Set(); // threads, or null for the chat itself
    this.toNewest.addEventListener("click", () => this.goToNewest());
    this.scroll.addEventListener("scroll", () => {
      if (this.isAtEnd()) this.toNewest.hidden = true;
    });
  }

  /** First look: the days between the messages, the newest in view. */
  arrange() {
    this.drawDays();
    if (this.hello.hidden && !location.search.includes("before=")) this.goToNewest();
  }

  find(id) {
    return document.getElementById(`message-${id}`);
  }

  /** The chat itself, or the answers under the message that began the thread. */
  listOf(thread) {
    return thread ? this.find(thread)?.querySelector(":scope > .thread") : this.list;
  }

  copy(template) {
    return document.getElementById(template).content.firstElementChild.cloneNode(true);
  }

  newest() {
    return Math.max(0, ...[...this.list.querySelectorAll("[data-id]")].map((message) => Number(message.dataset.id)));
  }

  /** A new message in its place, or the same message with other content. */
  show(told) {
    const fresh = elementOf(told.html);
    const known = this.find(told.id);
    const stay = !this.isAtEnd() && !told.mine;
    if (known) this.replace(known, fresh, told.summary);
    else this.add(fresh, told);
    if (known) return;
    if (told.bot) this.stopThinking(told.thread);
    else this.drawThinking();
    this.drawDays();
    if (stay) this.toNewest.hidden = !this.hello.hidden;
    else this.bringIntoView(fresh);
  }

  replace(known, fresh, summary) {
    const old = known.querySelector(":scope > .said");
    const said = fresh.querySelector(":scope > .said");
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(said);
    known.classList.remove("changed");
    requestAnimationFrame(() => known.classList.add("changed"));
    if (hadFocus) said.focus({ preventScroll: true });
    announce(`${this.words.replaced}. ${summary}`);
  }

  add(fresh, told) {
    const list = this.listOf(told.thread);
    if (!list) return; // an answer in a thread that began before what is shown here
    const after = [...list.children].find((other) => Number(other.dataset.id) > told.id);
    const thinking = list.querySelector(":scope > .thinking");
    list.insertBefore(fresh, after ?? thinking);
    fresh.classList.add("new");
  }

  /** Somebody waits here for an answer to message `id`; it may be there already. */
  awaitAnswer(id, thread) {
    const answers = this.listOf(thread)?.querySelectorAll(":scope > .from-bot") ?? [];
    if ([...answers].some((answer) => Number(answer.dataset.id) > id)) return;
    this.waiting.add(thread);
    announce(this.words.thinking);
    this.drawThinking();
  }

  drawThinking() {
    for (const thread of this.waiting) {
      const list = this.listOf(thread);
      if (!list || list.querySelector(":scope > .thinking")) continue;
      const shown = this.copy("thinking");
      list.append(shown);
      this.bringIntoView(shown);
      const said = shown.querySelector(".typed span");
      setTimeout(() => { said.textContent = this.words.thinkingLong; }, LONG_MILLISECONDS);
    }
  }

  stopThinking(thread) {
    this.waiting.delete(thread);
    this.listOf(thread)?.querySelector(":scope > .thinking")?.remove();
  }

  /** Words for this person alone; they are gone with the page. */
  whisper(words, after) {
    const shown = this.copy("private");
    shown.querySelector(".typed").textContent = words;
    if (after) after.after(shown);
    else this.list.append(shown);
    this.bringIntoView(shown);
  }

  /** A line with the day before each day's first message; only what is new is drawn, since it is read aloud. */
  drawDays() {
    let last = "";
    for (const message of [...this.list.querySelectorAll(":scope > [data-day]")]) {
      const { day, dayWords } = message.dataset;
      const above = message.previousElementSibling;
      const has = above?.classList.contains("day") ?? false;
      if (has && day === last) above.remove();
      if (!has && day !== last) message.before(this.drawDay(this.nameDay(day) ?? dayWords));
      last = day;
    }
  }

  drawDay(words) {
    const shown = this.copy("day");
    shown.querySelector("span").textContent = words;
    return shown;
  }

  nameDay(day) {
    const today = new Date();
    const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
    if (day === isoDay(today)) return this.words.today;
    return day === isoDay(yesterday) ? this.words.yesterday : undefined;
  }

  isAtEnd() {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < 120;
  }

  goToNewest() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.toNewest.hidden = true;
  }

  /** A long answer is read from its top; what is short just scrolls along. */
  bringIntoView(message) {
    if (!message.isConnected || !this.hello.hidden) return; // a newcomer reads from the top
    if (message.offsetHeight > this.scroll.clientHeight - 40) message.scrollIntoView({ block: "start" });
    else if (message.closest(".thread") && this.isThreadAbove(message)) message.scrollIntoView({ block: "nearest" });
    else this.goToNewest();
  }

  isThreadAbove(message) {
    return message.closest(".thread").parentElement !== this.list.lastElementChild;
  }
}

function isoDay(date) {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
