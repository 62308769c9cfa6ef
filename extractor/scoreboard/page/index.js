"use strict";
// Sorts the table by a column. Without this script it stays sorted as it was written.
(() => {
  const table = document.querySelector("table.index");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

  // What has no figure comes last, whichever way round.
  function compare(a, b, sign) {
    const figures = a.classList.contains("figure");
    if (!figures) return sign * order(a.textContent, b.textContent);
    const [x, y] = [a.dataset.value, b.dataset.value];
    if (x === undefined || y === undefined) return (x === undefined) - (y === undefined);
    return sign * (Number(x) - Number(y));
  }

  heads.forEach((head, column) => {
    head.querySelector("button").addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].sort((a, b) => compare(a.cells[column], b.cells[column], down ? -1 : 1));
      body.append(...rows);
    });
  });
  document.documentElement.classList.add("scripted");
})();
