// The bars of the dates as a brush: drag over them, click two, or move its ends by keys and press
// Enter. Without script each bar is a link, and the boxes below say a span.
import { apply } from "./filters.js";

/** Makes the bars a brush, those of every new answer too. */
export function brushDates() {
  prepare();
  document.addEventListener("answered", prepare);
}

function prepare() {
  const chart = document.querySelector("svg[data-said]");
  const bars = chart ? [...chart.querySelectorAll("[data-from]")] : [];
  if (bars.length < 2) return;
  const said = document.createElement("p");
  said.className = "brushed";
  said.setAttribute("aria-live", "polite");
  const ends = ["from", "to"].map((name) => slider(name, bars.length));
  chart.after(...ends, said);
  const choose = (one, other) => choice(chart, bars, said, ends, [one, other].sort((a, b) => a - b));
  for (const end of ends) {
    end.addEventListener("input", () => choose(...ends.map((each) => Number(each.value))));
    end.addEventListener("keydown", (event) => event.key === "Enter" && apply());
  }
  byPointer(chart, bars, said, choose);
}

/** An end of the span for keys, seen while it has the focus. */
function slider(name, count) {
  const input = document.createElement("input");
  input.type = "range";
  input.id = `${name}-end`;
  input.className = "end";
  input.max = count - 1;
  input.value = name === "to" ? count - 1 : 0;
  input.setAttribute("aria-label", document.querySelector(`label[for=${name}]`).textContent);
  return input;
}

/** Marks the bars of a span, says their sum, and puts their dates into the boxes. */
function choice(chart, bars, said, ends, [first, last]) {
  const chosen = bars.slice(first, last + 1);
  for (const bar of bars) bar.classList.toggle("chosen", chosen.includes(bar));
  const sum = chosen.reduce((total, bar) => total + Number(bar.dataset.count), 0);
  const words = [name(bars[first]), name(bars[last]), sum.toLocaleString("en")];
  said.textContent = first === last
    ? bars[first].querySelector("title").textContent
    : chart.dataset.said.replace(/\{(\d)\}/g, (_, place) => words[place]);
  for (const [end, id, at] of [[ends[0], "from", first], [ends[1], "to", last]]) {
    end.value = at;
    end.setAttribute("aria-valuetext", name(bars[at]));
    document.getElementById(id).value = bars[at].dataset.from;
  }
}

const name = (bar) => bar.querySelector("title").textContent.split(": ")[0];

function byPointer(chart, bars, said, choose) {
  let start = -1, clicked = -1, dragged = false;
  const at = (event) => {
    const far = bars.map((bar) => {
      const { left, right } = bar.getBoundingClientRect();
      return Math.abs(event.clientX - (left + right) / 2);
    });
    return far.indexOf(Math.min(...far));
  };
  chart.addEventListener("dragstart", (event) => event.preventDefault());
  chart.addEventListener("pointerdown", (event) => {
    if (event.isPrimary && event.button === 0) [start, dragged] = [at(event), false];
  });
  chart.addEventListener("pointermove", (event) => {
    if (start < 0 || (!dragged && at(event) === start)) return;
    if (!dragged) chart.setPointerCapture(event.pointerId);
    dragged = true;
    choose(start, at(event));
  });
  chart.addEventListener("pointerup", () => {
    start = -1;
    if (dragged) apply();
  });
  chart.addEventListener("pointercancel", () => { start = -1; });
  chart.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (dragged) return;
    const here = at(event);
    choose(clicked < 0 ? here : clicked, here);
    if (clicked >= 0) return apply();
    clicked = here;
    said.textContent = chart.dataset.hint.replace("{0}", said.textContent);
  });
}
