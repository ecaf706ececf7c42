/* What is typed into a long form is kept as a draft while one writes; the button does the same without this. */
"use strict";
(function () {
  const WAIT = 4000;
  if (!window.fetch || !window.FormData) return;

  function watch(button) {
    const form = button.form;
    const told = form.querySelector("[data-draft-told]");
    let timer = 0;
    let ended = false;

    function keep() {
      if (ended) return;
      const parts = new FormData();
      new FormData(form).forEach(function (value, name) { if (typeof value === "string") parts.append(name, value); });
      window.fetch(button.dataset.keepsDraft, { method: "POST", body: parts, headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" })
        .then(function (answer) { return answer.ok || answer.status === 422 ? answer.json() : { told: "" }; })
        .then(function (said) { if (told && !ended) told.textContent = said.told; })
        .catch(function () { return undefined; });
    }

    function later() {
      window.clearTimeout(timer);
      timer = window.setTimeout(keep, WAIT);
    }

    form.addEventListener("input", later);
    form.addEventListener("change", later);
    form.addEventListener("submit", function () { ended = true; window.clearTimeout(timer); });
    window.addEventListener("pageshow", function () { ended = false; });
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-keeps-draft]"), watch);
})();
