// Choosing among hundreds of boxes: a line to search in, how many are ticked, packs with ticks open.
"use strict";

for (const picker of document.querySelectorAll("[data-picker]")) {
  const packs = [...picker.querySelectorAll("[data-picker-pack]")];
  const totals = new Map(packs.map((pack) => [pack, pack.querySelectorAll("input").length]));

  function count(pack) {
    const ticked = pack.querySelectorAll("input:checked").length;
    const words = ticked ? `отмечено ${ticked} из ${totals.get(pack)}` : String(totals.get(pack));
    pack.querySelector("[data-picker-count]").textContent = words;
    return ticked;
  }

  const search = document.createElement("input");
  search.type = "search";
  search.className = "form-control mb-2";
  search.placeholder = "Найти по коду или слову";
  search.setAttribute("aria-label", "Найти показатель по коду или слову");
  picker.querySelector("legend").after(search);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  search.addEventListener("input", () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const pack of packs) {
      let found = 0;
      for (const box of pack.querySelectorAll(".form-check")) {
        const text = box.textContent.toLowerCase();
        const fits = words.every((word) => text.includes(word));
        box.hidden = !fits;
        found += fits;
      }
      pack.hidden = !found;
      pack.open = words.length > 0 && found > 0;
    }
  });
  for (const pack of packs) {
    if (count(pack)) pack.open = true;
    pack.addEventListener("change", () => count(pack));
  }
}
