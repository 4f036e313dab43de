// Buttons on cards, and the forms they open: drawn in place, in a dialog of the browser's own.
import { checkForm, readForm, showErrors } from "./forms.js";
import { elementOf, newKey, page } from "./page.js";
import { NotSent, post } from "./server.js";

export class Pressing {
  constructor(root, messages, panels) {
    this.messages = messages;
    this.panels = panels;
    this.box = root.getElementById("composer");
    this.dialog = root.getElementById("dialog");
    this.opener = this.box;
    this.origin = aboutNothing();
    this.listen(root);
  }

  listen(root) {
    root.addEventListener("click", (event) => {
      const button = event.target.closest(".card [data-action]");
      if (button) this.press(button);
      if (event.target.closest("#dialog [data-close]")) this.dialog.close();
    });
    this.dialog.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit(event.target);
    });
    this.dialog.addEventListener("close", () => {
      this.dialog.replaceChildren();
      (this.opener.isConnected ? this.opener : this.box).focus();
    });
  }

  async press(button) {
    const message = button.closest(".message");
    const about = message ? { place: page.place, message: Number(message.dataset.id) } : aboutNothing();
    await this.act(button, "/web/press", { ...about, action: button.dataset.action }, message);
  }

  async submit(form) {
    if (!checkForm(form, this.dialog.dataset)) return;
    const button = form.querySelector("[type=submit]");
    const body = { ...this.origin, action: form.dataset.action, values: readForm(form) };
    await this.act(button, "/web/submit", body, this.opener.closest(".message"));
  }

  /** Send one press. Its key stays until it is answered, so pressing again after a failure is the same press. */
  async act(button, path, body, near) {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    button.pressKey ??= newKey();
    try {
      const effect = await post(path, { key: button.pressKey, ...body });
      button.pressKey = null;
      this.show(effect, button, near);
    } catch (problem) {
      if (!(problem instanceof NotSent)) throw problem;
      this.refuse(problem.message || this.dialog.dataset.later, near);
    } finally {
      button.removeAttribute("aria-busy");
    }
  }

  /** What the server handed straight back; nothing means that a message comes, or that all is done. */
  show(effect, opener, near) {
    if (effect?.kind === "form") this.open(effect.html, opener, near);
    else if (effect?.kind === "form_errors") this.redraw(effect.html);
    else if (effect?.kind === "refusal") this.refuse(effect.words, near);
    else if (effect?.kind === "home") this.panels.showHome(effect.html);
    else if (this.dialog.open) this.dialog.close();
  }

  refuse(words, near) {
    if (this.dialog.open) showErrors(this.dialog, words);
    else this.messages.whisper(words, near);
  }

  open(html, opener, near) {
    this.opener = opener;
    const fromBot = near?.classList.contains("from-bot");
    this.origin = fromBot ? { place: page.place, message: Number(near.dataset.id) } : aboutNothing();
    this.fill(html);
    this.dialog.showModal();
    this.dialog.querySelector("input, textarea, select")?.focus();
  }

  redraw(html) {
    this.fill(html);
    showErrors(this.dialog);
  }

  fill(html) {
    const form = elementOf(html);
    form.querySelector(".form-title").id = "dialog-title";
    this.dialog.replaceChildren(form);
  }
}

function aboutNothing() {
  return { place: page.direct, message: null };
}
