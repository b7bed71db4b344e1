// Rows to be marked: «все» marks them all to see, a single row without a mark takes «все» away.
"use strict";

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-pick-rows]");
  if (!form) return;
  const all = form.querySelector("[data-all-rows]");
  const rows = [...form.querySelectorAll("input[name='rows']")];
  if (event.target === all) for (const row of rows) row.checked = all.checked;
  else if (all && event.target.name === "rows") all.checked = rows.every((row) => row.checked);
});
