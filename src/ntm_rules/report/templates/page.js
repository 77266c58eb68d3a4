(function () {
  "use strict";
  var said = document.getElementById("said"), find = document.getElementById("find");
  var boxes = document.querySelectorAll("input[name=verdict]");

  // "ky phu" finds "Kỳ Phú".
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/đ/g, "d");
  }

  function cellOf(event) {
    return event.target.closest ? event.target.closest("td.c") : null;
  }

  var words = {};
  document.querySelectorAll("[data-word]").forEach(function (one) { words[one.className] = one.dataset.word; });

  function tell(event) {
    var cell = cellOf(event);
    if (!cell) { return; }
    if (!cell.dataset.code) { said.textContent = ""; return; }
    said.textContent = cell.parentElement.querySelector("th").textContent + ", " + cell.dataset.code + ": " +
      words[cell.classList[1]] + (cell.title ? " – " + cell.title : "");
  }

  function goTo(cell) {
    var link = cell.parentElement.querySelector("th a");
    if (link) { link.click(); }
  }

  function below(cell, step) {
    var place = Array.prototype.indexOf.call(cell.parentElement.children, cell), row = cell.parentElement;
    do { row = step > 0 ? row.nextElementSibling : row.previousElementSibling; }
    while (row && (row.hidden || row.classList.contains("group")));
    return row && row.children[place];
  }

  document.querySelectorAll("table.heat").forEach(function (table) {
    var first = table.querySelector("td.c");
    if (first) { first.tabIndex = 0; }
    table.addEventListener("focusin", tell);
    table.addEventListener("mouseover", tell);
    table.addEventListener("click", function (event) {
      var cell = cellOf(event);
      if (cell) { goTo(cell); }
    });
    table.addEventListener("keydown", function (event) {
      var cell = cellOf(event), next = null;
      if (!cell) { return; }
      if (event.key === "Enter") { goTo(cell); return; }
      if (event.key === "Escape") { said.textContent = ""; return; }
      if (event.key === "ArrowRight") { next = cell.nextElementSibling; }
      if (event.key === "ArrowLeft") { next = cell.previousElementSibling; }
      if (event.key === "ArrowDown") { next = below(cell, 1); }
      if (event.key === "ArrowUp") { next = below(cell, -1); }
      if (next && next.matches("td.c")) {
        event.preventDefault();
        cell.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
      }
    });
  });

  var units = Array.prototype.map.call(document.querySelectorAll("[data-unit]"), function (one) {
    return { element: one, text: plain(one.dataset.unit), verdict: one.dataset.verdict };
  });

  function filter() {
    var wanted = plain(find.value.trim()), shown = {};
    boxes.forEach(function (box) { shown[box.value] = box.checked; });
    units.forEach(function (one) {
      one.element.hidden = shown[one.verdict] === false || one.text.indexOf(wanted) < 0;
    });
    document.querySelectorAll("table.heat").forEach(function (table) {
      var group = null, some = false, entry = null;
      table.querySelectorAll("tbody tr").forEach(function (row) {
        if (row.classList.contains("group")) {
          if (group) { group.hidden = !some; }
          group = row;
          some = false;
        } else if (!row.hidden) {
          some = true;
          entry = entry || row.querySelector("td.c");
        }
      });
      if (group) { group.hidden = !some; }
      // The table stays reachable by Tab when the cell that was is filtered away.
      if (entry) {
        table.querySelectorAll("td.c[tabindex='0']").forEach(function (cell) { cell.tabIndex = -1; });
        entry.tabIndex = 0;
      }
    });
  }
  find.addEventListener("input", filter);
  boxes.forEach(function (box) { box.addEventListener("change", filter); });
  document.getElementById("filter").hidden = false;

  // A large report holds the words of the law once; they are put beside the codes of a unit when it is opened.
  document.querySelectorAll("details[data-unit]").forEach(function (unit) {
    unit.addEventListener("toggle", function () {
      unit.querySelectorAll("p.NOT_MET > a:only-child").forEach(function (link) {
        var entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        if (entry && link.parentElement.lastChild === link) {
          link.parentElement.append(". " + entry.querySelector(".t").textContent);
        }
      });
    });
  });

  function openTarget() {
    var name = location.hash.slice(1), target;
    try { name = decodeURIComponent(name); } catch (error) { /* a stray % is part of the name */ }
    target = name && document.getElementById(name);
    for (var one = target; one; one = one.parentElement) {
      if (one.tagName === "DETAILS") { one.open = true; }
      if (one.hidden) { one.hidden = false; }
    }
    if (target) { target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", openTarget);
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href^='#']");
    // The same link again changes no address, and must open what was closed meanwhile.
    if (link && link.hash === location.hash) { openTarget(); }
  });
  openTarget();

  // On paper what is folded away cannot be opened.
  var unfolded = [];
  window.addEventListener("beforeprint", function () {
    unfolded = Array.prototype.filter.call(document.querySelectorAll("details[data-print]"), function (one) { return !one.open; });
    unfolded.forEach(function (one) { one.open = true; });
  });
  window.addEventListener("afterprint", function () {
    unfolded.forEach(function (one) { one.open = false; });
  });
}());
