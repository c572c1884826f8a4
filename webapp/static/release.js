// Adds a copy button to every text that is there to be copied; without script, select it instead.

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
