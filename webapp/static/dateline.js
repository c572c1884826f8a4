// What script adds: suggestions while typing, filters and lists that act at once, and keys. Every page works without it.
import { brushDates } from "./brush.js";
import { findAtOnce, liveFilters } from "./filters.js";
import { suggest } from "./suggest.js";

liveFilters();
brushDates();
findAtOnce();
switchKeys();
copyCleanLinks();
keepReadingList();
for (const form of document.querySelectorAll("form[data-suggest]")) suggest(form);

const typing = (element) =>
  element.closest("input, textarea, select, [contenteditable]") !== null;

/** Keys: / goes to the search box, j and k to the next and the previous release of a list. */
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target) || keysAreOff()) return;
  if (event.key === "/") {
    const box = document.querySelector("form[role=search] input[type=search]");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "j" || event.key === "k") {
    move(event.key === "j" ? 1 : -1);
  }
});

/** Whether somebody switched the keys off on the page of help (WCAG 2.1.4). */
function keysAreOff() {
  try {
    return localStorage.getItem("dateline-keys") === "off";
  } catch {
    return false; // a browser that keeps nothing
  }
}

function switchKeys() {
  const row = document.getElementById("keys-switch");
  if (!row) return;
  const box = row.querySelector("input");
  box.checked = !keysAreOff();
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem("dateline-keys");
    else localStorage.setItem("dateline-keys", "off");
  });
  row.hidden = false;
}

/** A link that is copied from a list is that of the release alone; one that is followed keeps the search. */
function copyCleanLinks() {
  const followed = new Map();
  document.addEventListener("contextmenu", ({ target }) => {
    const link = target.closest?.(".hits a[href*='/release/']");
    if (!link?.search) return;
    followed.set(link, link.getAttribute("href"));
    link.href = link.pathname + link.hash;
  });
  for (const event of ["pointerdown", "keydown"])
    document.addEventListener(event, () => {
      for (const [link, href] of followed) link.setAttribute("href", href);
      followed.clear();
    }, { capture: true });
}

/** Links to a reading list lead to the one that this browser keeps: what was last shown, if it held all of the
 * one before; a list that somebody sent is only looked at. */
function keepReadingList() {
  const name = "dateline-list";
  const releases = (query) => new URLSearchParams(query).getAll("release");
  let kept;
  try {
    kept = localStorage.getItem(name) ?? "";
    const shown = releases(document.getElementById("reading-list") ? location.search : "");
    if (shown.length && releases(kept).every((each) => shown.includes(each)))
      localStorage.setItem(name, (kept = location.search));
  } catch {
    return; // a browser that keeps nothing
  }
  for (const link of document.querySelectorAll("a[data-list]")) {
    if (link.dataset.list === "less") {
      link.addEventListener("click", () => kept === location.search && localStorage.setItem(name, link.search));
    } else {
      const all = new Set([...releases(kept), ...releases(link.search)]);
      link.search = new URLSearchParams([...all].map((each) => ["release", each]));
    }
  }
}

function move(step) {
  const links = [...document.querySelectorAll(".found .hits :is(h2, h3) > a")];
  const here = links.findIndex((link) => link.closest("li").contains(document.activeElement));
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step;
  links[next]?.focus();
}
