/* Lodging where there is no network: what was written stays on this telephone until it can be sent, and no longer. */
"use strict";
(function () {
  const form = document.querySelector("form[data-keeps]");
  const told = document.getElementById("kept");
  if (!form) return;

  /* Consent goes with what tells who lodges: without a name, a number or a file it is not asked for. */
  const consent = form.elements.consent;
  function ask() {
    consent.required = ["name", "phone", "files"].some(function (name) { return form.elements[name] && form.elements[name].value.trim(); });
  }
  form.addEventListener("input", ask);
  form.addEventListener("change", ask);
  ask();

  if (!window.indexedDB || !window.fetch || !window.FormData) return;
  if (navigator.serviceWorker) navigator.serviceWorker.register(form.dataset.keeps, { scope: "/lodge/" }).then(keepThisPage, silent);

  function silent() { return undefined; }

  /* The first visit was answered before the worker stood by: it fetches the page once more. */
  function keepThisPage() {
    const shown = Array.from(document.querySelectorAll("link[rel=stylesheet], script[src]"));
    const wanted = shown.map(function (one) { return one.href || one.src; }).concat(location.pathname.startsWith("/lodge/") ? ["/lodge/", location.pathname] : ["/lodge/"]);
    return window.caches && caches.open("fazhi-lodge-1").then(function (shelf) {
      return Promise.all(wanted.map(function (one) { return shelf.add(one).catch(silent); }));
    });
  }

  function say(word) { told.textContent = told.dataset[word]; told.hidden = false; }

  function store(mode, act) {
    return new Promise(function (done, failed) {
      const opening = indexedDB.open("fazhi-lodge", 1);
      opening.onupgradeneeded = function () { opening.result.createObjectStore("kept", { autoIncrement: true }); };
      opening.onerror = function () { failed(opening.error); };
      opening.onsuccess = function () {
        const change = opening.result.transaction("kept", mode);
        const asked = act(change.objectStore("kept"));
        change.oncomplete = function () { opening.result.close(); done(asked && asked.result); };
        change.onerror = function () { failed(change.error); };
      };
    });
  }

  function keep() {
    const parts = Array.from(new FormData(form).entries()).filter(function (part) {
      return part[0] !== "csrfmiddlewaretoken" && !(part[1] instanceof File && !part[1].size);
    });
    return store("readwrite", function (shelf) { return shelf.add(parts); }).then(function () {
      form.reset();
      delete form.dataset.sent;
      say("waiting");
    });
  }

  /* What is kept goes out first, one after the other; the receipt of the last is shown. */
  function send() {
    return store("readonly", function (shelf) { return shelf.getAllKeys(); }).then(function (keys) {
      if (!keys || !keys.length || !navigator.onLine) return undefined;
      say("sending");
      return keys.reduce(function (before, key) {
        return before.then(function () { return sendOne(key); });
      }, Promise.resolve());
    }).catch(function () { say("waiting"); });
  }

  function sendOne(key) {
    return Promise.all([
      store("readonly", function (shelf) { return shelf.get(key); }),
      fetch("/lodge/", { cache: "no-store" }).then(function (answer) { return answer.text(); }),
    ]).then(function (both) {
      const page = new DOMParser().parseFromString(both[1], "text/html");
      const sent = new FormData();
      both[0].forEach(function (part) { sent.append(part[0], part[1]); });
      sent.append("csrfmiddlewaretoken", page.querySelector("[name=csrfmiddlewaretoken]").value);
      return fetch("/lodge/", { method: "POST", body: sent }).then(function (answer) {
        const taken = answer.redirected && /\/lodge\/done\/$/.test(answer.url);
        if (!taken && answer.status >= 500) throw new Error("later");
        return store("readwrite", function (shelf) { return shelf.delete(key); }).then(function () {
          if (taken) location.assign("/lodge/done/");
          else refill(both[0]);
        });
      });
    });
  }

  function refill(parts) {
    parts.forEach(function (part) {
      const field = form.elements[part[0]];
      if (field && typeof part[1] === "string" && field.type !== "file") field.value = part[1];
    });
    say("refused");
  }

  form.addEventListener("submit", function (event) {
    if (navigator.onLine || event.defaultPrevented) return;
    event.preventDefault();
    keep().catch(function () { delete form.dataset.sent; });
  });
  window.addEventListener("online", send);
  send();
})();
