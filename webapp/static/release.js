// The page of a release: a clean address, steps from match to match, and a copy button for every
// text that is there to be copied. Without script, links lead to each match and text is selected.

cleanAddress();
document.addEventListener("DOMContentLoaded", stepThroughMatches);

/** What is copied from the address bar is the release alone; the search stays in the history. */
function cleanAddress() {
  const clean = document.querySelector("link[rel=canonical]")?.getAttribute("href");
  if (!clean) return;
  if (location.search) {
    history.replaceState({ search: location.search }, "", clean + location.hash);
  } else if (history.state?.search && performance.getEntriesByType("navigation")[0]?.type !== "navigate") {
    location.replace(clean + history.state.search + location.hash); // reloaded, or come back to
  }
}

function stepThroughMatches() {
  const row = document.querySelector(".matches");
  const marks = [...document.querySelectorAll(".text mark")];
  if (!row || !marks.length) return;
  let at = -1;
  for (const [name, step] of [["previous", -1], ["next", 1]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet step";
    button.textContent = row.dataset[name];
    button.addEventListener("click", () => {
      at = at < 0 && step < 0 ? marks.length - 1 : (at + step + marks.length) % marks.length;
      marks.forEach((mark, index) => mark.classList.toggle("here", index === at));
      marks[at].scrollIntoView({ block: "center" });
    });
    row.append(" ", button);
  }
}

const texts = document.querySelectorAll("#permanent, #cite-plain, .cite pre, .quotation pre");
const words = document.documentElement.lang.startsWith("zh-Hans")
  ? { copy: "复制", done: "已复制" }
  : document.documentElement.lang.startsWith("zh")
    ? { copy: "複製", done: "已複製" }
    : { copy: "Copy", done: "Copied" };

if (navigator.clipboard) {
  for (const text of texts) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.copy;
    button.setAttribute("aria-describedby", text.id);
    button.addEventListener("click", () => copy(text, button));
    text.after(button);
  }
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = words.done;
  } catch {
    getSelection().selectAllChildren(text);
  }
  setTimeout(() => { button.textContent = words.copy; }, 2000);
}
