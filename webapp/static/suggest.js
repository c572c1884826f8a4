// Suggestions while typing: an ARIA combobox with a list box (WAI-ARIA 1.2).

const KEPT = 50; // answers remembered

/** Turn the search box of a form into a combobox; its `data-suggest` says whom to ask. */
export function suggest(form) {
  const box = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  list.className = "options";
  list.id = `${box.id}-options`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestLabel);
  box.closest(".row").append(list);
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ])
    box.setAttribute(name, value);
  new Combobox(form, box, list);
}

/** A text whose words begin in bold where they begin with what was typed. */
function inBold(text, typed) {
  const starts = typed.split(/[\s"“”]+/u).filter(Boolean).map((start) => start.replace(/[^\p{L}\p{N}]/gu, ""));
  const wanted = [...new Set(starts.filter(Boolean))].sort((a, b) => b.length - a.length);
  if (!wanted.length) return [text];
  const pieces = text.split(new RegExp(`(?<![\\p{L}\\p{N}])(${wanted.join("|")})`, "giu"));
  return pieces.map((piece, index) => {
    if (index % 2 === 0) return piece;
    const bold = document.createElement("b");
    bold.textContent = piece;
    return bold;
  });
}

class Combobox {
  #answers = new Map();
  #chosen = -1;
  #asked = 0;

  constructor(form, box, list) {
    Object.assign(this, { form, box, list });
    box.addEventListener("input", () => this.#typed());
    box.addEventListener("keydown", (event) => this.#key(event));
    box.addEventListener("blur", () => this.#close());
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#take(option);
    });
  }

  #typed() {
    const text = this.box.value.trim();
    if (!text) return this.#close();
    this.#ask(text);
  }

  async #ask(text) {
    const number = ++this.#asked;
    let found = this.#answers.get(text);
    if (!found) {
      try {
        const answer = await fetch(`${this.form.dataset.suggest}?${new URLSearchParams({ q: text })}`);
        if (!answer.ok) return;
        found = (await answer.json()).suggestions;
      } catch {
        return; // no suggestions, nothing lost
      }
      if (this.#answers.size >= KEPT) this.#answers.clear();
      this.#answers.set(text, found);
    }
    if (number === this.#asked && document.activeElement === this.box) this.#show(found, text);
  }

  #show(found, typed) {
    if (!found.length) return this.#close();
    this.list.replaceChildren(
      ...found.map(({ kind, text, q, href }, index) => {
        const option = document.createElement("li");
        option.id = `${this.list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        Object.assign(option.dataset, { href, q });
        const what = document.createElement("span");
        what.className = "what";
        what.textContent = kind;
        const words = document.createElement("span");
        words.append(...inBold(text, typed));
        option.append(words, what);
        return option;
      }),
    );
    this.#chosen = -1;
    this.box.removeAttribute("aria-activedescendant");
    this.list.hidden = false;
    this.box.setAttribute("aria-expanded", "true");
  }

  /** Words go into the box, whose form keeps agencies and dates; all else is a page of its own. */
  #take({ dataset }) {
    if (!dataset.q) return location.assign(dataset.href);
    this.box.value = dataset.q;
    this.#close();
    this.form.requestSubmit();
  }

  #close() {
    this.#asked++;
    this.#chosen = -1;
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    if (event.isComposing || this.list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.#choose(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.#close();
    } else if (event.key === "Enter" && this.#chosen >= 0) {
      event.preventDefault();
      this.#take(this.list.children[this.#chosen]);
    }
  }

  /** Move the choice, round through none: there Enter searches for what was typed. */
  #choose(step) {
    const count = this.list.children.length + 1;
    this.#chosen = ((this.#chosen + 1 + step + count) % count) - 1;
    [...this.list.children].forEach((option, index) =>
      option.setAttribute("aria-selected", String(index === this.#chosen)),
    );
    const option = this.list.children[this.#chosen];
    if (option) {
      this.box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.box.removeAttribute("aria-activedescendant");
  }
}
