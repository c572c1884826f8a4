// A box that finds values by letters of their names, at once; without script its button does.

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
