/* Size, colour and contrast change in the page as it stands; what is typed outlives a change of language. */
"use strict";
(function () {
  const root = document;
  const SHELF = "fazhi-typed";
  const KEPT = 10 * 60 * 1000;

  /* The first line of the page that is in sight stays where the reader has it. */
  function inSight() {
    return Array.prototype.find.call(root.querySelectorAll("main h1, main h2, main p, main li, main .field, main tr, footer"), function (one) {
      const box = one.getBoundingClientRect();
      return box.height > 0 && box.top >= 0 && box.top < window.innerHeight;
    });
  }

  function show(told) {
    const held = inSight();
    const before = held ? held.getBoundingClientRect().top : 0;
    root.documentElement.classList.toggle("large", told.chosen.size === "large");
    Object.keys(told.sheets).forEach(function (name) {
      const sheet = root.querySelector("link[data-sheet=" + name + "]");
      if (sheet) sheet.media = told.sheets[name];
    });
    root.querySelectorAll("form[data-switches] button").forEach(function (button) {
      const now = told.chosen[button.name];
      const turns = (button.dataset.turns || "").split(" ");
      button.setAttribute("aria-pressed", String(turns.length === 2 ? now === turns[0] : now === button.value));
      if (turns.length === 2) button.value = now === turns[0] ? turns[1] : turns[0];
    });
    if (held && window.scrollY > 0) window.scrollBy(0, held.getBoundingClientRect().top - before);
  }

  root.addEventListener("submit", function (event) {
    const form = event.target;
    if (!form.matches("form[data-switches]") || !window.fetch || !event.submitter) return;
    event.preventDefault();
    const said = new FormData(form);
    said.append(event.submitter.name, event.submitter.value);
    fetch(form.action, { method: "POST", body: said, headers: { "X-Requested-With": "fetch" } })
      .then(function (answer) { if (!answer.ok) throw new Error(String(answer.status)); return answer.json(); })
      .then(show)
      .catch(function () { put(); HTMLFormElement.prototype.submit.call(withChoice(form, event.submitter)); })
      .then(function () { delete form.dataset.sent; });
  });

  function withChoice(form, button) {
    const hidden = root.createElement("input");
    hidden.type = "hidden";
    hidden.name = button.name;
    hidden.value = button.value;
    form.appendChild(hidden);
    return form;
  }

  /* Another language is another page: the fields are laid aside in this window and taken up again there. */
  function place(field) {
    const at = field.form.getAttribute("action") || "";
    return [at, field.id || "", field.name, field.type === "checkbox" || field.type === "radio" ? field.value : ""].join("|");
  }
  function fields() {
    const found = root.querySelectorAll("form[method=post] textarea, form[method=post] input, form[method=post] select");
    return Array.prototype.filter.call(found, function (one) {
      return one.form && !one.form.matches("[data-switches], [data-language]") && one.name && !/^(hidden|password)$/.test(one.type) && !one.hasAttribute("data-secret");
    });
  }
  function put() {
    const typed = {};
    fields().forEach(function (one) {
      if (one.type === "file") { if (one.files.length) typed[place(one)] = "files"; }
      else if (one.type === "checkbox" || one.type === "radio") { if (one.checked !== one.defaultChecked) typed[place(one)] = one.checked; }
      else if (one.value) typed[place(one)] = one.value;
    });
    try {
      sessionStorage.setItem(SHELF, JSON.stringify({ at: location.pathname, when: Date.now(), typed: typed, down: window.scrollY }));
    } catch (full) { return; }
  }
  root.addEventListener("submit", function (event) {
    if (event.target.matches("form[data-language]")) put();
  });

  function take() {
    let kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(SHELF) || "null"); } catch (wrong) { return; }
    if (!kept) return;
    const old = Date.now() - kept.when > KEPT;
    const wanted = Object.keys(kept.typed);
    let met = old || kept.at.split("/")[1] !== location.pathname.split("/")[1] || !wanted.length;
    if (!old && kept.at.split("/")[1] === location.pathname.split("/")[1]) {
      fields().forEach(function (one) {
        const value = kept.typed[place(one)];
        if (value === undefined) return;
        met = true;
        if (one.type === "file") {
          const list = one.parentNode.querySelector(".files-chosen");
          if (list) list.textContent = root.body.dataset.filesAgain;
        } else if (one.type === "checkbox" || one.type === "radio") one.checked = value;
        else one.value = value;
        const shut = one.closest("details:not([open])");
        if (shut) shut.open = true;
      });
      if (met && kept.down) window.scrollTo(0, kept.down);
    }
    if (met) sessionStorage.removeItem(SHELF);
  }
  take();

  /* On a narrow screen the ways are one line: the one the reader is on stands in it. */
  const here = root.querySelector(".ways [aria-current]");
  if (here) here.parentNode.scrollLeft = here.offsetLeft - here.parentNode.offsetLeft - 24;
})();
