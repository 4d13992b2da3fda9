// Improves the checks of a return: an answer to a warning is kept while it is typed, and the page says so. What the
// server could not be told stays in this browser, under its writer's name, and is put back when the page is opened again.

const form = document.querySelector("form[data-check]");
const said = form?.querySelector("[data-kept]");
const store = form && `answers ${form.dataset.person} ${location.pathname}`;
const PAUSE = 800;
const AGAIN = 10000;
const PATIENCE = 5000;
const LASTS = 12 * 60 * 60 * 1000;
const CLOSED = "No answers are taken here any more: you are signed out, or the return was submitted. They stay in this browser.";
const DOWN = "Your answers could not be kept yet: they stay in this browser, and are sent when the line is back.";
let timer;
let sending = Promise.resolve();
let isSending = false;
let isLeaving = false;

const token = () => document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
const answers = () => Array.from(form.querySelectorAll("textarea"));
const wasOf = (field) => form.elements.namedItem(field.name.replace(/^answer-/, "was-"));
const isKept = (field) => field.value.trim() === wasOf(field).value;

// --- What is kept in the browser -----------------------------------------------------------------------------------

function stow() {
  const typed = answers().filter((field) => !isKept(field));
  try {
    if (typed.length === 0) {
      localStorage.removeItem(store);
      return;
    }
    const words = typed.map((field) => [field.name, { words: field.value, was: wasOf(field).value }]);
    localStorage.setItem(store, JSON.stringify({ at: Date.now(), words: Object.fromEntries(words) }));
  } catch {
    // A browser that keeps nothing still has the page itself.
  }
}

function stowed() {
  try {
    const { at, words } = JSON.parse(localStorage.getItem(store)) ?? {};
    return Date.now() - at < LASTS ? words : {};
  } catch {
    return {};
  }
}

// With what stood there when it was typed: where somebody else answered since, the server shows both.
function putBack() {
  const found = stowed();
  const back = answers().filter((field) => field.name in found && field.value.trim() !== found[field.name].words.trim());
  for (const field of back) {
    field.value = found[field.name].words;
    wasOf(field).value = found[field.name].was;
  }
  stow();
  if (back.length) soon(0);
}

// --- Keeping -------------------------------------------------------------------------------------------------------

async function keep() {
  const body = new FormData(form);
  body.set("keep", "1");
  isSending = true;
  const sent = answers().map((field) => [field, field.value]);
  try {
    const answer = await fetch(location.pathname, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token(), Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.redirected || [403, 409].includes(answer.status)) {
      said.textContent = CLOSED;
      return;
    }
    if (!answer.ok) throw new Error();
    const { at, others } = await answer.json();
    for (const [field, words] of sent) {
      const theirs = others[field.name];
      const note = form.querySelector(`[data-theirs="${field.name}"]`);
      note.hidden = theirs === undefined;
      note.querySelector("q").textContent = theirs ?? "";
      if (theirs === undefined) wasOf(field).value = words.trim();
    }
    stow();
    said.textContent = Object.keys(others).length ? "Somebody else answered a warning too: both are shown." : `Answers kept ${at}`;
  } catch {
    said.textContent = DOWN;
    soon(AGAIN);
  } finally {
    isSending = false;
  }
}

function soon(pause) {
  clearTimeout(timer);
  timer = setTimeout(() => (sending = sending.then(keep)), pause);
}

if (form && said) {
  form.addEventListener("input", () => {
    stow();
    soon(PAUSE);
  });
  form.addEventListener("change", () => soon(0));
  // What is on its way arrives before the form itself, which carries every answer anyway.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!isSending) return;
    event.preventDefault();
    if (isLeaving) return;
    isLeaving = true;
    sending.then(() => {
      isLeaving = false;
      form.requestSubmit(event.submitter);
    });
  });
  addEventListener("online", () => answers().every(isKept) || soon(0));
  putBack();
}
