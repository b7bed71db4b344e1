// «Распечатать»: opens the browser's own print dialogue. Without JavaScript its menu does the same.
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
