// A tick in the filters changes the list at once, and so do letters of a name in a long list; without
// script, the button beside them does.

const form = document.getElementById("search");
let asked = 0;
let shown = location.search;

/** Makes ticks and Back change the list in its place. */
export function liveFilters() {
  if (!form || !document.getElementById("filters")) return;
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.form === form && input.type === "checkbox") apply();
  });
  form.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    if (!pressed?.matches(".choices .not")) return;
    event.preventDefault();
    apply([[pressed.name, pressed.value]]);
  });
  // A link within the page, as to the filters on a phone, is a step in the history as well.
  addEventListener("popstate", () => location.search !== shown && show(location.href, false));
  // What was ticked or typed and never applied is not what the page shows.
  addEventListener("pageshow", (event) => event.persisted && form.reset());
}

/** Shows what the form asks for now, and these names and values with it. */
export function apply(more = []) {
  show(addressOf(form, more), true);
}

function addressOf(form, more) {
  const given = [...new FormData(form), ...more].filter(([, value]) => value !== "");
  return `${form.action}?${new URLSearchParams(given)}`;
}

async function show(address, push) {
  const number = ++asked;
  let answer, text;
  try {
    answer = await fetch(address);
    text = await answer.text();
  } catch {
    answer = null;
  }
  if (number !== asked) return;
  const page = answer?.ok && new DOMParser().parseFromString(text, "text/html");
  const found = page && page.getElementById("answer");
  if (!found) return location.assign(address);
  if (push) history.pushState(null, "", answer.url);
  shown = location.search;
  document.title = page.title;
  swap(found, page);
}

/** Puts the new list and filters in place; the region that is read out stays the same element, and so
 * does that of the filters, which on a phone is a sheet that stays open. */
function swap(found, page) {
  const focused = document.activeElement?.id;
  const status = document.querySelector("#answer [role=status]");
  const said = found.querySelector("[role=status]");
  const words = [...said.childNodes];
  said.replaceWith(status);
  const answer = document.getElementById("answer");
  for (const part of [".summary", ".found"]) answer.querySelector(part).replaceWith(found.querySelector(part));
  document.getElementById("filters").replaceChildren(...found.querySelector("#filters").childNodes);
  status.replaceChildren(...words);
  const fields = page.getElementById("search");
  form.querySelector("input[type=search]").value = fields.querySelector("input[type=search]").value;
  for (const each of form.querySelectorAll("input[type=hidden]")) each.remove();
  form.append(...fields.querySelectorAll("input[type=hidden]"));
  document.dispatchEvent(new Event("answered"));
  document.querySelector(".languages").replaceWith(page.querySelector(".languages"));
  // The button that left a value out is gone; the box that takes it in again stands in its place.
  if (focused) (document.getElementById(focused) ?? document.getElementById(focused.replace("not-", "")))?.focus();
}

/** Makes a form with `data-find` hide what does not hold its letters, in the list of that id. */
export function findAtOnce() {
  const form = document.querySelector("form[data-find]");
  const list = form && document.getElementById(form.dataset.find);
  if (!list) return;
  const box = form.querySelector("input[type=search]");
  if (box.value) return; // a list that was already found by the server holds no others
  const status = document.querySelector("[data-said]");
  const rows = [...list.querySelectorAll("li")].map((row) => [row, folded(row.querySelector("a").textContent)]);
  box.addEventListener("input", () => {
    const wanted = folded(box.value.trim());
    let shown = 0;
    for (const [row, name] of rows) {
      row.hidden = !name.includes(wanted);
      shown += !row.hidden;
    }
    for (const group of list.querySelectorAll("section")) group.hidden = !group.querySelector("li:not([hidden])");
    const { said, none } = status.dataset;
    status.textContent = shown ? (wanted ? said.replace("{0}", shown) : "") : none.replace("{0}", box.value.trim());
  });
}

/** Letters as they are compared: of any case, width and accent. */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
