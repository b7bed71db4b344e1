// The task sheet keeps what is typed at once: on the phone first, on the portal as soon as it can be reached.
"use strict";

for (const form of document.querySelectorAll("form[data-sheet]")) {
  const most = Number(form.dataset.most);
  const waiting = new Map();
  const key = (name) => `sheet-${form.dataset.key}-${name}`;
  const keep = (name, text) => {
    try { localStorage.setItem(key(name), text); } catch { /* no room on the phone: the portal has it soon */ }
  };
  const forget = (name) => {
    try { localStorage.removeItem(key(name)); } catch { /* nothing was kept */ }
  };
  const kept = (name) => {
    try { return localStorage.getItem(key(name)); } catch { return null; }
  };

  for (const cell of form.querySelectorAll("[data-cell]")) {
    const name = cell.dataset.cell;
    const area = cell.querySelector("textarea");
    const version = cell.querySelector("input[type=hidden]");
    const state = cell.querySelector("[data-state]");
    let sending = false;

    const say = (text, kind) => {
      state.textContent = text;
      state.className = `sheet-state${kind ? ` is-${kind}` : ""}`;
    };
    const later = (pause) => {
      clearTimeout(waiting.get(name));
      waiting.set(name, setTimeout(send, pause));
    };

    async function send() {
      clearTimeout(waiting.get(name));
      waiting.delete(name);
      if (sending) return later(500);
      const text = area.value;
      if (text.length > most) return say(`Слишком длинно: ${text.length} знаков, помещается ${most}. Сократите.`, "bad");
      sending = true;
      say("Сохраняется…", "waiting");
      const body = new URLSearchParams({ [area.name]: text, [version.name]: version.value });
      try {
        const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "sheet" } });
        if (answer.status === 404) return say("Лист закрыт: последнее изменение не записано, оно осталось на телефоне.", "bad");
        if (answer.status !== 200 && answer.status !== 409) throw new Error(String(answer.status));
        const said = await answer.json();
        if (name in said.versions) version.value = said.versions[name];
        if (name in said.faults) return say(said.faults[name], "bad");
        if (name in said.conflicts) {
          const theirs = said.conflicts[name];
          version.value = theirs.version;
          return say(`Ответ изменили на другой странице. Там: «${theirs.text}». Соедините и продолжайте.`, "bad");
        }
        if (area.value === text) forget(name);
        say("Записано");
      } catch {
        say("Нет связи. Текст сохранён на телефоне, портал попробует ещё раз.", "waiting");
        later(5000);
      } finally {
        sending = false;
      }
    }

    area.addEventListener("input", () => {
      keep(name, area.value);
      say("", "");
      later(1200);
    });
    area.addEventListener("blur", () => {
      if (waiting.has(name)) send();
    });
    const before = kept(name);
    if (before !== null && before !== area.value) {
      area.value = before;
      later(100);
    }
  }
  form.addEventListener("submit", () => {
    for (const timer of waiting.values()) clearTimeout(timer);
    for (const cell of form.querySelectorAll("[data-cell]")) forget(cell.dataset.cell);
  });
}
