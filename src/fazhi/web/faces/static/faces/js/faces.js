/* Small comforts; every page works without them. */
"use strict";
(function () {
  const root = document;

  /* One key to act: a key named in data-key follows its link or presses its button, outside fields, and only where
     it is struck alone: words typed beside a field open nothing. */
  const LULL = 600, AFTER = 250, KEYS = "fazhi-keys";
  let struck = -LULL, pending = 0;

  /* Whoever speaks to the machine, or strikes keys by mistake, turns single keys off; this browser remembers it. */
  let working = true;
  function keys(wanted) {
    try { wanted ? localStorage.setItem(KEYS, wanted) : wanted = localStorage.getItem(KEYS); } catch (barred) { /* for this page alone */ }
    working = wanted !== "off";
    root.documentElement.classList.toggle("no-keys", !working);
    root.querySelectorAll("[data-keys] button").forEach(function (button) {
      button.parentNode.hidden = !root.querySelector("[data-key], [data-row]");
      button.setAttribute("aria-pressed", String((button.value === "on") === working));
    });
  }
  keys("");
  root.addEventListener("click", function (event) {
    const button = event.target.closest("[data-keys] button");
    if (button) keys(button.value);
  });
  root.addEventListener("keydown", function (event) {
    const tag = event.target.tagName;
    if (!working || event.ctrlKey || event.metaKey || event.altKey || tag === "INPUT" || tag === "TEXTAREA" || tag === "SELECT") return;
    if (event.key === "j" || event.key === "k") return;
    const alone = event.timeStamp - struck > LULL;
    const wanted = alone && Array.prototype.find.call(root.querySelectorAll("[data-key]"), function (one) {
      return one.dataset.key === event.key;
    });
    clearTimeout(pending);
    if (event.key.length === 1) struck = event.timeStamp;
    if (!wanted) return;
    event.preventDefault();
    if (wanted.matches("input, select, textarea")) wanted.focus();
    else pending = setTimeout(function () { wanted.click(); }, AFTER);
  });

  /* j and k walk a list whose rows carry data-row. */
  root.addEventListener("keydown", function (event) {
    if (!working || (event.key !== "j" && event.key !== "k") || /INPUT|TEXTAREA|SELECT/.test(event.target.tagName)) return;
    const links = Array.from(root.querySelectorAll("[data-row] a[data-open]"));
    const at = links.indexOf(root.activeElement) + (event.key === "j" ? 1 : -1);
    if (links[at]) links[at].focus();
  });

  /* Opened menus close on Escape and when the reader goes elsewhere. */
  root.addEventListener("keydown", function (event) {
    const open = event.key === "Escape" && root.querySelector("details.menu[open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  });
  root.addEventListener("click", function (event) {
    root.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  /* The form opened by an act gets the cursor; one that the page brought open does not, for the page would jump. */
  const brought = new Set(root.querySelectorAll("details.act[open]"));
  root.addEventListener("toggle", function (event) {
    if (brought.delete(event.target) || !event.target.matches("details.act[open], details[data-cursor][open]")) return;
    const at = root.activeElement;
    if (event.target.contains(at) && !at.matches("summary")) return; /* whoever is quicker types there already */
    const first = event.target.querySelector("[data-focus], [aria-invalid=true]") || event.target.querySelector("input:not([type=hidden]), select, textarea");
    if (first) first.focus();
  }, true);

  /* A form is sent once. */
  root.addEventListener("submit", function (event) {
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    if (event.target.method !== "post" || event.target.hasAttribute("hx-post")) return;
    event.target.dataset.sent = "yes";
    window.setTimeout(function () { if (!event.defaultPrevented) wait(event.target); }, 800);
  });

  /* What takes long says so, and for how long it has been at work. */
  function wait(form) {
    const told = root.createElement("p"), count = root.createElement("span"), begun = Date.now();
    told.className = "waiting small";
    told.setAttribute("role", "status");
    told.textContent = root.body.dataset.waiting + " ";
    count.setAttribute("aria-hidden", "true");
    told.appendChild(count);
    form.appendChild(told);
    const turn = window.setInterval(function () {
      if (!told.isConnected) { window.clearInterval(turn); return; }
      count.textContent = root.body.dataset.waited.replace("0", String(Math.round((Date.now() - begun) / 1000)));
    }, 1000);
  }
  window.addEventListener("pageshow", function () {
    root.querySelectorAll(".waiting").forEach(function (told) { told.remove(); });
    root.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  /* Files chosen are named beside the button. */
  root.addEventListener("change", function (event) {
    if (!event.target.matches("[data-files]")) return;
    const list = event.target.parentNode.querySelector(".files-chosen");
    list.textContent = "";
    Array.from(event.target.files).forEach(function (file) {
      list.appendChild(root.createElement("li")).textContent = file.name;
    });
  });

  /* Names offered while typing take the place of the browser's own list; one press takes the name. */
  root.querySelectorAll("[data-near]").forEach(function (one) { one.removeAttribute("list"); });
  root.addEventListener("click", function (event) {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    const near = button.closest(".near");
    const field = root.getElementById(near.id.replace(/-near$/, ""));
    field.value = button.textContent;
    near.textContent = "";
    field.focus();
  });

  /* Enter takes a name from a list; it does not send the form that is being filled in. */
  root.addEventListener("keypress", function (event) {
    const field = event.target;
    if (event.key === "Enter" && field.matches("input[list], input[data-near]") && field.form && field.form.method === "post") event.preventDefault();
  });

  /* A field of one line grows with what is written in it. */
  function grow(field) {
    field.rows = 1;
    while (field.scrollHeight > field.clientHeight + 2 && field.rows < 12) field.rows += 1;
  }
  root.querySelectorAll("textarea.input-line").forEach(grow);
  root.addEventListener("input", function (event) {
    if (event.target.matches("textarea.input-line")) grow(event.target);
  });

  /* Print buttons. */
  root.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
  });

  /* Focus goes where the work is: to what was refused, or to the first wrong field. */
  const wrong = root.querySelector("[data-focus]") || root.querySelector("[aria-invalid=true]");
  if (wrong) wrong.focus();
  const asked = !wrong && /[?&]act=/.test(location.search) && root.querySelector("details.act[open] > summary");
  if (asked) asked.focus({ preventScroll: true });
  root.querySelectorAll("[data-print]").forEach(function (one) { one.hidden = false; });
})();
