/* Keeps the form for lodging at hand: the page and what it is drawn with, fresh where there is a network. */
"use strict";
const SHELF = "fazhi-lodge-1";

self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });

self.addEventListener("fetch", function (event) {
  const asked = event.request;
  const path = new URL(asked.url).pathname;
  const kept = asked.mode === "navigate" ? /^\/lodge\/(at\/[^/]+\/)?$/.test(path) : path.startsWith("/static/");
  if (asked.method !== "GET" || !kept) return;
  event.respondWith(fetch(asked).then(function (answer) {
    if (answer.ok) {
      const copy = answer.clone();
      event.waitUntil(caches.open(SHELF).then(function (shelf) { return shelf.put(asked, copy); }));
    }
    return answer;
  }).catch(function () {
    return caches.open(SHELF).then(function (shelf) {
      return shelf.match(asked, { ignoreVary: true }).then(function (found) {
        return found || shelf.match("/lodge/", { ignoreVary: true });
      });
    });
  }));
});
