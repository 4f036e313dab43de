// Commands and the bot's name, offered while they are being typed.

export class Suggestions {
  constructor(box, list) {
    this.box = box;
    this.list = list;
    this.all = JSON.parse(list.dataset.all);
    this.chosen = -1;
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    box.addEventListener("input", () => this.offer());
    box.addEventListener("blur", () => this.hide());
    box.addEventListener("keydown", (event) => this.steer(event));
    list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the box keeps the focus
      const option = event.target.closest("[role=option]");
      if (option) this.take([...list.children].indexOf(option));
    });
  }

  /** What is being typed right now: a command at the beginning, or a name after an @. */
  findBeginning() {
    const before = this.box.value.slice(0, this.box.selectionStart);
    return /^\/\S*$|(?:^|\s)(@\S*)$/.exec(before)?.at(0).trimStart() ?? "";
  }

  offer() {
    const beginning = this.findBeginning().toLowerCase();
    this.shown = beginning ? this.all.filter((each) => each.write.toLowerCase().startsWith(beginning)) : [];
    this.list.replaceChildren(...this.shown.map(drawOption));
    this.list.hidden = this.shown.length === 0;
    this.choose(this.shown.length ? 0 : -1);
  }

  choose(number) {
    this.chosen = number;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
    if (number >= 0) this.box.setAttribute("aria-activedescendant", `suggestion-${number}`);
    else this.box.removeAttribute("aria-activedescendant");
  }

  steer(event) {
    if (this.list.hidden) return;
    const count = this.shown.length;
    if (event.key === "ArrowDown") this.choose((this.chosen + 1) % count);
    else if (event.key === "ArrowUp") this.choose((this.chosen + count - 1) % count);
    else if (event.key === "Escape") this.hide();
    else if (event.key === "Tab" || (event.key === "Enter" && !this.isWhole())) this.take(this.chosen);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  isWhole() {
    return this.shown.some((each) => each.write.trim() === this.box.value.trim());
  }

  take(number) {
    const beginning = this.findBeginning();
    const at = this.box.selectionStart;
    this.box.setRangeText(this.shown[number].write, at - beginning.length, at, "end");
    this.hide();
    this.box.dispatchEvent(new Event("input"));
    this.hide();
  }

  hide() {
    this.list.hidden = true;
    this.choose(-1);
  }
}

function drawOption(each, number) {
  const option = document.createElement("li");
  option.id = `suggestion-${number}`;
  option.setAttribute("role", "option");
  const name = document.createElement("b");
  name.textContent = each.write.trim();
  const what = document.createElement("span");
  what.textContent = each.what;
  option.append(name, what);
  return option;
}
