// Filters and sorts the table of subjects. Without it, every row is visible in its first order.
(function () {
  "use strict";
  var table = document.getElementById("table");
  var body = table.tBodies[0];
  var tools = document.getElementById("tools");
  var find = document.getElementById("find");
  var shown = document.getElementById("shown");
  var empty = document.getElementById("empty");
  var facets = Array.prototype.slice.call(tools.querySelectorAll("select"));
  var collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  var rows = Array.prototype.map.call(body.rows, function (row) {
    return { row: row, text: row.textContent.toLocaleLowerCase() };
  });

  function filter() {
    var words = find.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    var count = 0;
    rows.forEach(function (entry) {
      var fits = facets.every(function (facet) {
        return facet.value === "" || entry.row.dataset[facet.dataset.facet] === facet.value;
      }) && words.every(function (word) { return entry.text.indexOf(word) >= 0; });
      entry.row.hidden = !fits;
      if (fits) { count += 1; }
    });
    var all = rows.length.toLocaleString("en");
    shown.textContent = count === rows.length ? all : count.toLocaleString("en") + " of " + all;
    empty.hidden = count > 0;
  }

  function key(entry, column, kind) {
    if (kind === "g" || kind === "s") { return Number(entry.row.dataset[kind]); }
    var cell = entry.row.cells[column].textContent.trim();
    return kind === "n" ? parseFloat(cell) || 0 : cell;
  }

  function sort(head, column) {
    var kind = head.dataset.sort;
    var descending = head.getAttribute("aria-sort") === "ascending" ||
      (!head.hasAttribute("aria-sort") && (kind === "g" || kind === "s" || column > 0 && kind === "n"));
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell) {
      cell.removeAttribute("aria-sort");
    });
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    var keyed = rows.map(function (entry, place) {
      return { entry: entry, place: place, key: key(entry, column, kind) };
    });
    keyed.sort(function (a, b) {
      var order = kind === "t" ? collator.compare(a.key, b.key) : a.key - b.key;
      return (descending ? -order : order) || a.place - b.place;
    });
    rows = keyed.map(function (item) { return item.entry; });
    var all = document.createDocumentFragment();
    rows.forEach(function (entry) { all.appendChild(entry.row); });
    body.appendChild(all);
  }

  Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
    // Not a <button>: browsers leave form controls out of a table head repeated on paper.
    var button = document.createElement("span");
    button.setAttribute("role", "button");
    button.tabIndex = 0;
    button.textContent = head.textContent;
    button.addEventListener("click", function () { sort(head, column); });
    button.addEventListener("keydown", function (event) {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sort(head, column); }
    });
    head.replaceChildren(button);
  });
  tools.addEventListener("input", filter);
  tools.addEventListener("reset", function () { setTimeout(filter, 0); });
  tools.addEventListener("submit", function (event) { event.preventDefault(); });
  tools.hidden = false;
})();
