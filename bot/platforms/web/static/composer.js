// What you type: grows with the text, Enter sends, a draft survives a change of chat.
import { newKey, page } from "./page.js";
import { NotSent, post } from "./server.js";
import { Suggestions } from "./suggestions.js";

export class Composer {
  constructor(root, messages, pressing) {
    this.messages = messages;
    this.pressing = pressing;
    this.form = root.getElementById("compose");
    this.box = root.getElementById("composer");
    this.welcome = root.querySelectorAll(".hello, .chips");
    this.answering = root.querySelector("[data-answering]");
    this.notSent = root.querySelector("[data-not-sent]");
    this.draft = `draft ${page.person} ${page.place}`;
    this.thread = null;
    this.pending = null;
    this.suggestions = new Suggestions(this.box, root.getElementById("suggestions"));
    this.box.value = sessionStorage.getItem(this.draft) ?? "";
    this.listen(root);
  }

  listen(root) {
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.box.addEventListener("input", () => { sessionStorage.setItem(this.draft, this.box.value); });
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.thread) this.stopAnswering();
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.defaultPrevented) return;
      event.preventDefault();
      this.send();
    });
    root.querySelectorAll("[data-example]").forEach((chip) => {
      chip.addEventListener("click", () => this.ask(chip.textContent));
    });
    root.addEventListener("click", (event) => {
      const reply = event.target.closest("[data-reply]");
      if (reply) this.answer(Number(reply.dataset.reply), reply.dataset.name);
    });
    root.querySelector("[data-stop-answering]").addEventListener("click", () => this.stopAnswering());
  }

  focus() {
    this.box.focus({ preventScroll: true });
  }

  /** An example is a question like any other; in a channel it is put to the bot by name. */
  ask(question) {
    this.box.value = page.place === page.direct ? question : `@${page.name} ${question}`;
    this.send();
    if (matchMedia("(pointer: fine)").matches) this.focus(); // else a phone puts its keyboard over the answer
  }

  answer(thread, name) {
    this.thread = thread;
    this.answering.querySelector("span").textContent = this.answering.dataset.answering.replace("{name}", name);
    this.answering.hidden = false;
    this.focus();
  }

  stopAnswering() {
    this.thread = null;
    this.answering.hidden = true;
    this.focus();
  }

  /** The box is free again at once; what is sent from it meanwhile goes after what is under way. */
  async send() {
    const text = this.box.value.trim();
    if (!text) return;
    this.again = this.pending?.busy ?? false;
    if (this.again) return;
    const same = this.pending?.text === text && this.pending?.thread === this.thread;
    this.pending = same ? this.pending : { key: newKey(), text, thread: this.thread };
    this.pending.busy = true;
    this.notSent.hidden = true;
    this.box.value = "";
    try {
      const { key, thread } = this.pending;
      const answer = await post("/web/say", { key, place: page.place, thread, text });
      this.sent(answer, thread);
    } catch (problem) {
      this.giveBack(text);
      if (!(problem instanceof NotSent)) throw problem;
      this.notSent.textContent = problem.message || this.notSent.dataset.notSent;
      this.notSent.hidden = false;
    }
    if (this.again && !this.pending) await this.send();
  }

  /** What was not sent stands in the box again, before what was typed since. */
  giveBack(text) {
    this.pending.busy = false;
    const typed = this.box.value;
    this.box.value = typed ? `${text}\n${typed}` : text;
    sessionStorage.setItem(this.draft, this.box.value);
  }

  sent(answer, thread) {
    this.pending = null;
    if (this.box.value) sessionStorage.setItem(this.draft, this.box.value);
    else sessionStorage.removeItem(this.draft);
    if (this.thread && this.thread === thread) this.stopAnswering();
    this.welcome.forEach((part) => { part.hidden = true; });
    const where = page.place === page.direct ? null : thread ?? answer.message;
    if (answer.effect) this.pressing.show(answer.effect, this.box, this.messages.find(answer.message));
    else if (answer.asked) this.messages.awaitAnswer(answer.message, where);
  }
}
