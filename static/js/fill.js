// The browser form: what could not be saved by itself is said at its row, and nothing typed is lost.
"use strict";

function unsaved(event, words) {
  const row = event.target.closest(".entry");
  const place = row ? row.querySelector(".entry-said") : document.getElementById("said");
  if (!place) return;
  for (const old of place.querySelectorAll("p")) old.remove();
  const told = document.createElement("p");
  told.className = "entry-problem";
  told.textContent = words;
  place.append(told);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  // The log-in page instead of an answer: the session has ended.
  if (!event.target.closest("[data-fill]") || event.detail.xhr.getResponseHeader("X-Fill")) return;
  event.detail.shouldSwap = false;
  event.detail.isError = false;
  unsaved(event, "Не записано: вход завершён. Откройте портал в новой вкладке, войдите и нажмите здесь «Сохранить».");
});
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, (event) =>
    unsaved(event, "Не записано: нет связи с порталом. Введённое осталось на странице, нажмите «Сохранить» позже."),
  );
}

// After logging in again in another tab the page goes on with the new token.
const token = () => (document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/) || [])[1];

document.addEventListener("htmx:configRequest", (event) => {
  if (token()) event.detail.headers["X-CSRFToken"] = token();
});
document.addEventListener("submit", (event) => {
  const field = event.target.elements.csrfmiddlewaretoken;
  if (field && token()) field.value = token();
});

// A question opens the place for its explanation.
document.addEventListener("htmx:afterSettle", (event) => {
  const row = event.target.closest(".entry");
  if (row && row.querySelector(".entry-remarks .status-warn")) row.querySelector(".entry-note").open = true;
});

// Enter and the arrows go from number to number, as in a sheet; a column copied from a sheet is spread downwards.
const cells = () => [...document.querySelectorAll("[data-fill] input[id^='value-'], [data-fill] select[id^='value-']")];

document.addEventListener("keydown", (event) => {
  if (!event.target.matches("[data-fill] input[id^='value-']")) return;
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.isComposing) return;
  event.preventDefault();
  const all = cells();
  const next = all[all.indexOf(event.target) + step];
  if (next) next.focus();
  else event.target.blur();
});

document.addEventListener("paste", (event) => {
  if (!event.target.matches("[data-fill] input[id^='value-']")) return;
  const lines = event.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/);
  if (lines.length < 2) return;
  event.preventDefault();
  const all = cells();
  const first = all.indexOf(event.target);
  lines.forEach((line, place) => {
    const field = all[first + place];
    const text = line.split("\t")[0].trim();
    if (!field || !text) return;
    field.value = text;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
});
