// A long list of ticks gets a field that narrows it. Without JavaScript the whole list can be scrolled.
"use strict";

for (const box of document.querySelectorAll("[data-pick]")) {
  const rows = [...box.querySelectorAll(".form-check")];
  if (rows.length < 10) continue;
  const plain = (text) => text.toLowerCase().replaceAll("ё", "е");
  const field = document.createElement("input");
  field.type = "search";
  field.className = "form-control mb-2";
  field.placeholder = box.dataset.pick;
  field.setAttribute("aria-label", box.dataset.pick);
  const count = document.createElement("p");
  count.className = "form-text";
  count.setAttribute("role", "status");
  const tell = () => {
    count.textContent = `Отмечено: ${box.querySelectorAll("input:checked").length}`;
  };
  field.addEventListener("input", () => {
    const wanted = plain(field.value.trim());
    for (const row of rows) row.hidden = !plain(row.textContent).includes(wanted);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  box.addEventListener("change", tell);
  box.prepend(count);
  box.prepend(field);
  tell();
}
