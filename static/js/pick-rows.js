// Rows to be marked: «все» marks them all to see, a single row without a mark takes «все» away.
// The form may name its rows: data-pick-rows="drafts".
"use strict";

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-pick-rows]");
  if (!form) return;
  const all = form.querySelector("[data-all-rows]");
  const name = form.dataset.pickRows || "rows";
  const rows = [...form.querySelectorAll(`input[name='${name}']`)];
  if (event.target === all) for (const row of rows) row.checked = all.checked;
  else if (all && event.target.name === name) all.checked = rows.every((row) => row.checked);
});
