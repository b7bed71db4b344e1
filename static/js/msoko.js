// Small conveniences; every page works without them.
"use strict";

// After a refused form or file the summary of faults takes the focus.
function focusSummary(root) {
  const box = root.querySelector("[data-focus]");
  if (box) box.focus();
}

// An open menu closes on Escape, giving the focus back, and on a click elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.drop[open]")) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.drop[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// A second press of the same button must not send the same form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("data-many")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

document.addEventListener("htmx:afterSettle", (event) => focusSummary(event.target));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form) delete form.dataset.sent;
});

focusSummary(document);
