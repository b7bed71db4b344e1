// Answers typed on a phone are kept on it until the portal has them: a lost connection or a closed page loses nothing.
// <form data-keep="act-8" data-keep-saved="1732300000"> keeps; an element with data-keep-clear="act-8" forgets.
"use strict";

const NAME = (key) => `keep:${key}`;

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(NAME(key)));
  } catch {
    return null;
  }
}

function forget(key) {
  try {
    localStorage.removeItem(NAME(key));
  } catch {} // a browser that keeps nothing
}

function valuesOf(form) {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  return Object.fromEntries(data);
}

function put(form, values) {
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.type === "submit") continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = values[field.name] === field.value;
    else if (field.name in values) field.value = values[field.name];
  }
}

function note(form, text) {
  const place = document.createElement("div");
  place.className = "note note-warn";
  place.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = text;
  place.append(words);
  form.before(place);
  return place;
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-outline-primary me-2";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

for (const gone of document.querySelectorAll("[data-keep-clear]")) forget(gone.dataset.keepClear);

for (const form of document.querySelectorAll("form[data-keep]")) {
  const key = form.dataset.keep;
  const kept = stored(key);
  const saved = Number(form.dataset.keepSaved || 0);
  const same = kept && JSON.stringify(kept.values) === JSON.stringify(valuesOf(form));
  if (kept && (same || kept.at < saved)) forget(key);
  else if (kept) {
    const when = new Date(kept.at * 1000).toLocaleString("ru-RU", { dateStyle: "short", timeStyle: "short" });
    const place = note(form, `На этом устройстве остались ответы от ${when}, которых нет на портале.`);
    place.firstChild.append(document.createElement("br"));
    place.append(
      button("Вернуть их", () => { put(form, kept.values); place.remove(); }),
      button("Удалить", () => { forget(key); place.remove(); }),
    );
  }
  form.addEventListener("input", () => {
    try {
      localStorage.setItem(NAME(key), JSON.stringify({ at: Math.floor(Date.now() / 1000), values: valuesOf(form) }));
    } catch {} // a full or forbidden store: the form itself still holds the answers
  });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    for (const old of document.querySelectorAll("[data-keep-offline]")) old.remove();
    const place = note(form, "Нет связи. Ответы сохранены на этом телефоне: нажмите кнопку ещё раз, когда связь появится.");
    place.dataset.keepOffline = "";
    place.scrollIntoView();
  });
}
