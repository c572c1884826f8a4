// The concordance: its orders, its switch and its pages change the lines in their place. Without script, links do.

let asked = 0;
let shown = location.search;

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("#lines a[data-lines]");
  if (!link) return;
  event.preventDefault();
  show(link.href, true);
});
addEventListener("popstate", () => location.search !== shown && show(location.href, false));

async function show(address, push) {
  const number = ++asked;
  let page;
  try {
    const answer = await fetch(address);
    if (answer.ok) page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    // followed as a link below
  }
  if (number !== asked) return;
  const lines = page?.getElementById("lines");
  if (!lines) return location.assign(address);
  if (push) history.pushState(null, "", address);
  shown = location.search;
  swap(lines, page);
}

/** The region that is read out stays the same element; the focus stays where it was among the links. */
function swap(lines, page) {
  const links = () => [...document.querySelectorAll("#lines a[data-lines]")];
  const focused = links().findIndex((each) => each === document.activeElement);
  const name = document.activeElement?.dataset?.lines;
  document.querySelector("main [role=status]").replaceChildren(...page.querySelector("main [role=status]").childNodes);
  const form = document.querySelector("main form");
  for (const each of form.querySelectorAll("input[type=hidden]")) each.remove();
  form.append(...page.querySelectorAll("main form input[type=hidden]"));
  document.querySelector(".languages").replaceWith(page.querySelector(".languages"));
  document.getElementById("lines").replaceChildren(...lines.childNodes);
  if (focused < 0) return;
  const same = links().find((each) => each.dataset.lines === name);
  (same ?? document.getElementById("lines")).focus();
}
