// Shows the newest months of the status matrix first where not all of them fit, and makes it one stop of the Tab key
// instead of one per cell: arrow keys, Home and End move inside it. On a touch screen the first tap shows a cell's figure
// and the second one follows its link, as a pointer resting on it does before it is pressed.

const table = document.querySelector(".app-matrix");
const rows = Array.from(table?.querySelectorAll("tbody tr") ?? [], (row) =>
  Array.from(row.cells, (cell) => cell.querySelector(".app-cell > a")),
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
  const newest = table.querySelector("thead .app-matrix__trend").previousElementSibling;
  frame.scrollLeft += newest.getBoundingClientRect().right - frame.getBoundingClientRect().right;
  table.setAttribute("role", "grid");
  becomeTheStop(rows[0].find(Boolean));
  let shown = null;
  table.addEventListener("pointerdown", ({ pointerType, target }) => {
    const cell = target.closest(".app-cell > a");
    shown = pointerType === "touch" && cell !== document.activeElement ? cell : null;
  });
  table.addEventListener("click", (event) => {
    if (shown === null || event.target.closest(".app-cell > a") !== shown) return;
    event.preventDefault();
    shown.focus();
    shown = null;
  });
  table.addEventListener("focusin", ({ target }) => {
    if (target.matches(".app-cell > a")) becomeTheStop(target);
  });
  table.addEventListener("keydown", (event) => {
    const row = rows.findIndex((targets) => targets.includes(event.target));
    if (row < 0 || !(event.key in MOVES)) return;
    event.preventDefault();
    MOVES[event.key](row, rows[row].indexOf(event.target))?.focus();
  });
}
