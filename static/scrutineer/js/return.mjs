// Improves the entry form of a return: the draft saves itself and says what it means, Enter moves down a column, a
// column of a spreadsheet pastes downwards, and nothing typed is lost to a dead line, a sign-in that ran out or somebody
// else's save. Every rule stays with the server: this file knows fields and rows, and no arithmetic.

const form = document.querySelector("[data-return]");
const PAUSE = 800;
const AGAIN = 10000;

const bar = form?.querySelector("[data-bar]");
const place = document.querySelector("[data-kept]");
const rows = Array.from(form?.querySelectorAll("[data-row]") ?? []);
const store = form && `return ${form.dataset.person} ${location.pathname}`;
const changed = new Set();
let timer;
let sending = null;

const fieldsOf = (row) => Array.from(row.querySelectorAll("input[type=text], textarea"));
const cellOf = (field) => field.name.slice(field.name.indexOf("-") + 1);
const rowOf = (pk) => rows.find((row) => row.dataset.row === String(pk));
const fieldOf = (row, cell) => form.elements.namedItem(`${row.dataset.row}-${cell}`);
const token = () => document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;

// --- What is kept in the browser -----------------------------------------------------------------------------------

const kept = {
  read() {
    try {
      return JSON.parse(localStorage.getItem(store)) ?? {};
    } catch {
      return {};
    }
  },
  write(rowsKept) {
    try {
      if (Object.keys(rowsKept).length) localStorage.setItem(store, JSON.stringify(rowsKept));
      else localStorage.removeItem(store);
    } catch {
      // A browser that keeps nothing still has the page itself.
    }
  },
  add(row) {
    const cells = Object.fromEntries(fieldsOf(row).map((field) => [cellOf(field), field.value]));
    this.write({ ...this.read(), [row.dataset.row]: cells });
  },
  remove(row) {
    const { [row.dataset.row]: _, ...others } = this.read();
    this.write(others);
  },
};

function offerKept() {
  const left = Object.entries(kept.read()).filter(([pk, cells]) => {
    const row = rowOf(pk);
    return row && Object.entries(cells).some(([cell, words]) => (fieldOf(row, cell)?.value ?? words) !== words);
  });
  if (left.length === 0) {
    kept.write({});
    return;
  }
  const codes = left.map(([pk]) => rowOf(pk).querySelector(".app-entry__code").textContent);
  const said = document.createElement("p");
  said.className = "govuk-body";
  said.textContent = `Typed here earlier and not saved: ${codes.join(", ")}.`;
  place.replaceChildren(said, button("Put it back", () => putBack(left)), button("Throw it away", throwAway));
  place.hidden = false;
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "govuk-button govuk-button--secondary";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function putBack(left) {
  for (const [pk, cells] of left) {
    const row = rowOf(pk);
    for (const [cell, words] of Object.entries(cells)) {
      const field = fieldOf(row, cell);
      if (field) field.value = words;
    }
    note(row);
  }
  place.hidden = true;
  save();
}

function throwAway() {
  kept.write({});
  place.hidden = true;
}

// --- Saving --------------------------------------------------------------------------------------------------------

function note(row) {
  changed.add(row);
  kept.add(row);
  delete row.dataset.waits;
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
}

// A stale row waits until somebody chose between its two versions; what is typed into it meanwhile is shown beside them.
const isStale = (row) => row.querySelector(".app-stale") && !row.querySelector(".app-stale input:checked");
const isWaiting = (row) => isStale(row) && row.dataset.waits !== undefined;

function save(extra = {}) {
  clearTimeout(timer);
  sending = (sending ?? Promise.resolve()).then(() => send(extra));
  return sending;
}

async function send(extra) {
  const batch = [...changed].filter((row) => !isWaiting(row));
  if (batch.length === 0) return !changed.size;
  const body = new FormData();
  body.set("as", form.dataset.person);
  for (const [name, value] of Object.entries(extra)) body.set(name, value);
  for (const row of batch) {
    changed.delete(row);
    for (const field of row.querySelectorAll("input, textarea")) {
      if (field.type !== "radio" || field.checked) body.set(field.name, field.value);
    }
  }
  try {
    const answer = await fetch(form.dataset.save, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token(), Accept: "application/json" },
    });
    if (answer.redirected || answer.status === 401 || answer.status === 403) {
      return fail(batch, "You are not signed in any more. What you typed is kept in this browser.", true);
    }
    if (answer.status === 409) return fail(batch, (await answer.json()).said, false);
    if (!answer.ok) return fail(batch, `The draft could not be saved. What you typed is kept in this browser.`, true);
    take(await answer.json(), body);
    return ![...changed].length && !rows.some(isStale);
  } catch {
    return fail(batch, "The line is down. What you typed is kept in this browser and saved when it is back.", true);
  }
}

function fail(batch, said, isRetried) {
  for (const row of batch) changed.add(row);
  bar.textContent = said;
  bar.dataset.failed = "";
  if (isRetried) timer = setTimeout(save, AGAIN);
  return false;
}

function take(answer, sent) {
  bar.textContent = answer.bar;
  delete bar.dataset.failed;
  for (const [pk, now] of Object.entries(answer.rows)) {
    const row = rowOf(pk);
    fieldOf(row, "version").value = now.version;
    row.querySelector("[data-said]").innerHTML = now.said;
    openWhy(row, now.asks);
    markErrors(row);
    const isAsSent = (field) => field.value === sent.get(field.name);
    if (now.is_stale) {
      changed.add(row);
      if (fieldsOf(row).every(isAsSent)) row.dataset.waits = "";
      continue;
    }
    if (sent.get("take") === pk || sent.has(`${pk}-choice`)) refill(row, now.cells, isAsSent);
    if (!changed.has(row)) kept.remove(row);
  }
}

// The server's words go only where nothing was typed since they were sent.
function refill(row, cells, isAsSent) {
  for (const field of fieldsOf(row)) {
    const words = cells[cellOf(field)];
    if (words !== undefined && isAsSent(field)) field.value = words;
  }
}

function openWhy(row, asks) {
  const why = row.querySelector("[data-why]");
  why.hidden = !asks;
  if (asks) why.open = true;
}

function markErrors(row) {
  for (const field of fieldsOf(row)) {
    const error = document.getElementById(`${field.name}-error`);
    const kind = field.localName === "textarea" ? "govuk-textarea--error" : "govuk-input--error";
    field.classList.toggle(kind, Boolean(error));
    if (error) field.setAttribute("aria-describedby", error.id);
    else field.removeAttribute("aria-describedby");
  }
}

// --- The keyboard --------------------------------------------------------------------------------------------------

const columnOf = (name) => Array.from(form.querySelectorAll(`[data-column="${name}"]`));

function moveDown(field) {
  const column = columnOf(field.dataset.column);
  const next = column[column.indexOf(field) + 1] ?? form.querySelector("[name=check]");
  next.focus();
  next.select?.();
}

const COLUMNS = ["value", "numerator", "denominator"];

function paste(field, text) {
  const lines = text.replace(/\r/g, "").replace(/\n$/, "").split("\n");
  const first = rows.indexOf(field.closest("[data-row]"));
  const left = COLUMNS.indexOf(field.dataset.column);
  lines.forEach((line, down) => {
    const row = rows[first + down];
    if (!row) return;
    line.split("\t").forEach((words, right) => {
      const cell = row.querySelector(`[data-column="${COLUMNS[left + right]}"]`);
      if (cell) cell.value = words.trim();
    });
    note(row);
  });
  save();
}

// --- The page ------------------------------------------------------------------------------------------------------

async function finish(event) {
  event.preventDefault();
  const goes = event.submitter?.name === "check" ? form.dataset.check : event.submitter?.dataset.goes;
  if (event.submitter?.dataset.take !== undefined) {
    note(rowOf(event.submitter.value));
    save({ take: event.submitter.value });
    return;
  }
  const isSaved = await save();
  if (isSaved && goes) location.assign(goes);
  if (!isSaved) form.querySelector(".app-stale input")?.focus();
}

if (form) {
  form.querySelector("[data-keys]").hidden = false;
  for (const row of rows) {
    const why = row.querySelector("[data-why]");
    why.hidden = !why.open;
  }
  form.addEventListener("input", ({ target }) => {
    const row = target.closest("[data-row]");
    if (row) note(row);
  });
  form.addEventListener("change", ({ target }) => {
    if (target.closest("[data-row]")) save();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.dataset.column) {
      if (event.key === "Enter" && event.target.matches("input[type=text]")) event.preventDefault();
      return;
    }
    event.preventDefault();
    moveDown(event.target);
  });
  form.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (!event.target.dataset.column || !/[\n\t]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    paste(event.target, text);
  });
  form.addEventListener("submit", finish);
  addEventListener("online", () => save());
  addEventListener("beforeunload", (event) => {
    if (changed.size) event.preventDefault();
  });
  offerKept();
}
