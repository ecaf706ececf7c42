/* What a form still lacks, in the words of the page; and what has to be kept, copied. */
"use strict";
(function () {
  const root = document;

  /* What must be filled in is asked for in the words of the page, not in those of the browser. */
  let pointed = false;
  root.addEventListener("invalid", function (event) {
    const field = event.target;
    const holder = field.closest(".field");
    if (!holder || !field.validity.valueMissing) return;
    event.preventDefault();
    field.setAttribute("aria-invalid", "true");
    if (!holder.querySelector(".wrong")) {
      const told = root.createElement("span");
      told.className = "wrong";
      told.id = (field.id || field.name) + "-missing";
      told.dataset.missing = "yes";
      told.setAttribute("role", "alert");
      told.textContent = field.dataset.lacks || root.body.dataset.missing;
      holder.appendChild(told);
      field.setAttribute("aria-describedby", ((field.getAttribute("aria-describedby") || "") + " " + told.id).trim());
    }
    if (!pointed) { pointed = true; field.focus(); window.setTimeout(function () { pointed = false; }, 0); }
  }, true);
  root.addEventListener("input", function (event) {
    const holder = event.target.closest && event.target.closest(".field");
    const told = holder && holder.querySelector("[data-missing]");
    if (told && event.target.checkValidity()) { told.remove(); event.target.removeAttribute("aria-invalid"); }
  });

  /* What is asked in one case only steps back while another is chosen. */
  function fit(form) {
    form.querySelectorAll("[data-when]").forEach(function (holder) {
      const said = new FormData(form);
      const asked = holder.dataset.when.split(" ").every(function (one) {
        const [name, values] = one.split("=");
        return values.split(",").includes(said.get(name) || "");
      });
      holder.hidden = !asked;
      holder.querySelectorAll("input, select, textarea").forEach(function (field) { field.disabled = !asked; });
    });
  }
  function fitAll(within) {
    const forms = Array.from(within.querySelectorAll("[data-when]")).map(function (one) { return one.closest("form"); });
    new Set(forms).forEach(function (form) { if (form) fit(form); });
  }
  ["change", "input"].forEach(function (name) {
    root.addEventListener(name, function (event) { if (event.target.form) fit(event.target.form); });
  });
  root.addEventListener("htmx:load", function (event) { fitAll(event.target); });
  fitAll(root);

  /* A word typed above the acts leaves those that hold it, the folded ones and those that cannot be done now too. */
  root.querySelectorAll("[data-acts-find]").forEach(function (box) {
    const field = box.querySelector("input"), told = box.querySelector("[role=status]"), panel = box.parentElement;
    const folds = Array.from(panel.querySelectorAll("details.why"));
    box.hidden = false;
    field.addEventListener("input", function () {
      const wanted = field.value.trim().toLowerCase();
      let left = 0;
      panel.querySelectorAll(".acts > li, .act-not").forEach(function (one) {
        const name = one.querySelector("summary > span, .act-not-name");
        one.hidden = wanted !== "" && !name.textContent.toLowerCase().includes(wanted);
        if (!one.hidden) left += 1;
      });
      folds.forEach(function (one) {
        if (one.closest("form")) return;
        const found = one.querySelector("li:not([hidden])") !== null;
        one.open = wanted !== "" && found;
        one.hidden = !found;
      });
      told.textContent = left ? "" : told.dataset.none;
      told.classList.toggle("unseen", left > 0);
    });
  });

  /* What has to be kept is copied with its names, where the browser allows it. */
  root.addEventListener("click", function (event) {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const lines = Array.from(root.querySelectorAll(button.dataset.copy.replace(/ /g, ", "))).map(function (one) {
      return one.previousElementSibling.textContent + " " + one.textContent;
    });
    navigator.clipboard.writeText(lines.join("\n")).then(function () { button.textContent = button.dataset.copied; });
  });
  if (navigator.clipboard) root.querySelectorAll("[data-copy]").forEach(function (one) { one.hidden = false; });
})();
