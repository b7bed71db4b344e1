// A long list of ticks gets a field that narrows it. Without JavaScript the whole list can be scrolled.
"use strict";

for (const box of document.querySelectorAll("[data-pick]")) {
  const rows = [...box.querySelectorAll(".form-check")];
  if (rows.length < 10) continue;
  const list = rows[0].parentElement;
  const plain = (text) => text.toLowerCase().replaceAll("ё", "е");
  const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));

  const field = document.createElement("input");
  field.type = "search";
  field.className = "form-control mb-2";
  field.placeholder = box.dataset.pick;
  field.setAttribute("aria-label", box.dataset.pick);
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  const ticked = document.createElement("input");
  ticked.type = "checkbox";
  ticked.className = "form-check-input";
  const only = document.createElement("label");
  only.append(ticked, "только отмеченные");
  const found = document.createElement("button");
  found.type = "button";
  found.className = "btn btn-sm btn-outline-primary";
  found.hidden = true;
  const foot = document.createElement("div");
  foot.className = "pick-foot form-text";
  foot.append(count, only, found);

  function narrow() {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const fits = words.every((word) => texts.get(row).includes(word));
      row.hidden = !fits || (ticked.checked && !row.querySelector("input").checked);
    }
    const shown = rows.filter((row) => !row.hidden && !row.querySelector("input").checked).length;
    found.hidden = !words.length || shown < 2;
    found.textContent = `Отметить найденные: ${shown}`;
    // A heading goes with the last of its rows.
    let heading = null;
    for (const child of list.children) {
      if (child.matches("strong")) {
        heading = child;
        heading.hidden = true;
      } else if (heading && !child.hidden) heading.hidden = false;
    }
  }

  function tell() {
    const number = rows.filter((row) => row.querySelector("input").checked).length;
    count.textContent = `Отмечено: ${number}`;
    only.hidden = !number && !ticked.checked;
  }

  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  ticked.addEventListener("change", narrow);
  found.addEventListener("click", () => {
    for (const row of rows) if (!row.hidden) row.querySelector("input").checked = true;
    narrow();
    tell();
    field.focus();
  });
  list.addEventListener("change", tell);
  list.before(field);
  list.after(foot);
  tell();
}
