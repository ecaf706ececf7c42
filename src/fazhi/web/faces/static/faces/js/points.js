/* Service points from where the reader is: reckoned here, so that the place never leaves the browser. */
"use strict";
(function () {
  const button = document.getElementById("locate");
  const list = document.getElementById("points");
  const told = document.getElementById("located");
  if (!button || !list || !navigator.geolocation) return;
  button.hidden = false;

  function metres(from, to) {
    const rad = Math.PI / 180;
    const up = Math.sin((to.latitude - from.latitude) * rad / 2);
    const across = Math.sin((to.longitude - from.longitude) * rad / 2);
    const part = up * up + Math.cos(from.latitude * rad) * Math.cos(to.latitude * rad) * across * across;
    return 2 * 6371008.8 * Math.asin(Math.min(1, Math.sqrt(part)));
  }

  function words(line) {
    const minutes = Math.max(1, Math.round(line * 1.3 / 80));
    const far = line < 1000
      ? button.dataset.metres.replace("{n}", Math.max(10, Math.round(line / 10) * 10))
      : button.dataset.kilometres.replace("{n}", (line / 1000).toFixed(1));
    return minutes > 60 ? far : far + button.dataset.minutes.replace("{n}", minutes);
  }

  function say(text) { told.textContent = text; told.hidden = false; }

  button.addEventListener("click", function () {
    navigator.geolocation.getCurrentPosition(function (found) {
      const rows = Array.from(list.children).map(function (row) {
        const at = { longitude: Number(row.dataset.longitude), latitude: Number(row.dataset.latitude) };
        return { row: row, line: metres(found.coords, at) };
      });
      rows.sort(function (one, other) { return one.line - other.line; });
      rows.forEach(function (one) {
        one.row.querySelector(".point-far").textContent = words(one.line);
        list.appendChild(one.row);
      });
      say(button.dataset.here);
    }, function () { say(button.dataset.denied); }, { timeout: 10000, maximumAge: 60000 });
  });
})();
