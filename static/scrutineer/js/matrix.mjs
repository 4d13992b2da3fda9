// Shows the newest months of the status matrix first where not all of them fit, and makes it one stop of the Tab key
// instead of one per cell: arrow keys, Home and End move inside it.

const table = document.querySelector(".app-matrix");
const rows = Array.from(table?.querySelectorAll("tbody tr") ?? [], (row) =>
  Array.from(row.cells, (cell) => cell.querySelector(".app-cell__target")),
).filter((row) => row.some(Boolean));

// The next cell that way; a month in which a KPI owed nothing has none and is stepped over.
function next(row, column, down, right) {
  do {
    row += down;
    column += right;
  } while (rows[row] && column in rows[row] && !rows[row][column]);
  return rows[row]?.[column];
}

const MOVES = {
  ArrowLeft: (row, column) => next(row, column, 0, -1),
  ArrowRight: (row, column) => next(row, column, 0, 1),
  ArrowUp: (row, column) => next(row, column, -1, 0),
  ArrowDown: (row, column) => next(row, column, 1, 0),
  Home: (row) => rows[row].find(Boolean),
  End: (row) => rows[row].findLast(Boolean),
};

function becomeTheStop(target) {
  for (const each of rows.flat()) if (each) each.tabIndex = each === target ? 0 : -1;
}

if (rows.length > 0) {
  const frame = table.closest(".app-scroller");
  frame.scrollLeft = frame.scrollWidth;
  table.setAttribute("role", "grid");
  becomeTheStop(rows[0].find(Boolean));
  table.addEventListener("focusin", ({ target }) => {
    if (target.matches(".app-cell__target")) becomeTheStop(target);
  });
  table.addEventListener("keydown", (event) => {
    const row = rows.findIndex((targets) => targets.includes(event.target));
    if (row < 0 || !(event.key in MOVES)) return;
    event.preventDefault();
    MOVES[event.key](row, rows[row].indexOf(event.target))?.focus();
  });
}
