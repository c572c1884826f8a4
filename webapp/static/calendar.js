// The browser's calendar beside each box for a date. The box stays what it is: it takes 2007-03 and
// "last week", which no calendar has.

const ICON = '<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="M1.5 3h13v11.5h-13zM1.5 6.5h13M5 1v3M11 1v3"/></svg>';

// Boxes of every new answer get one too.
if (HTMLInputElement.prototype.showPicker) {
  prepare();
  document.addEventListener("answered", prepare);
}

function prepare() {
  for (const box of document.querySelectorAll("input[data-calendar]:not(:has(~ .calendar))")) add(box);
}

function add(box) {
  const { calendar, first, last } = box.dataset;
  const day = document.createElement("input");
  Object.assign(day, { type: "date", className: "day", tabIndex: -1, min: first, max: last });
  day.setAttribute("aria-hidden", "true");
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "calendar", title: calendar, innerHTML: ICON });
  button.setAttribute("aria-label", calendar);
  button.addEventListener("click", () => {
    day.value = box.value; // what is no day leaves it empty
    day.showPicker();
  });
  day.addEventListener("change", () => {
    if (!day.value) return;
    box.value = day.value;
    box.focus();
  });
  box.after(button, day);
}
