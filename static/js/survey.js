// A questionnaire works without this: here questions that are not asked are hidden, and the answered are counted.
"use strict";

const form = document.querySelector(".survey form");

if (form) {
  document.body.classList.add("survey-scripted");
  const questions = [...form.querySelectorAll(".survey-question:not(#place)")];
  const progress = form.querySelector("[data-progress]");

  const chosen = (name) => [...form.querySelectorAll(`[name="${name}"]:checked`)].map((input) => input.value);
  const isAnswered = (question) =>
    [...question.querySelectorAll("input, textarea")].some((input) =>
      ["radio", "checkbox"].includes(input.type) ? input.checked : input.value.trim() !== "",
    );

  const refresh = () => {
    for (const question of questions) {
      if (!question.dataset.after) continue;
      const filter = document.getElementById(question.dataset.after);
      const wanted = question.dataset.options.split(" ");
      question.hidden = filter.hidden || !chosen(question.dataset.after).some((value) => wanted.includes(value));
    }
    const asked = questions.filter((question) => !question.hidden);
    const done = asked.filter(isAnswered).length;
    const bar = progress.querySelector("progress");
    bar.max = asked.length;
    bar.value = done;
    progress.querySelector("[data-progress-text]").textContent = `${done} из ${asked.length}`;
  };

  progress.hidden = false;
  form.addEventListener("input", refresh);
  window.addEventListener("pageshow", refresh);
  refresh();
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => delete form.dataset.sent);
  const faults = document.getElementById("faults");
  if (faults) faults.focus();
}
