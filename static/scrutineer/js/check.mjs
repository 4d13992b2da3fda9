// Improves the checks of a return: an answer to a warning is kept while it is typed, and the page says so.

const form = document.querySelector("form[data-check]");
const said = form?.querySelector("[data-kept]");
const PAUSE = 800;
let timer;
let sending = Promise.resolve();

const token = () => document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
const wasOf = (field) => form.elements.namedItem(field.name.replace(/^answer-/, "was-"));

async function keep() {
  const body = new FormData(form);
  body.set("keep", "1");
  const sent = Array.from(form.querySelectorAll("textarea"), (field) => [field, field.value]);
  try {
    const answer = await fetch(location.pathname, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token(), Accept: "application/json" },
    });
    if (answer.redirected || !answer.ok) throw new Error();
    const { at, others } = await answer.json();
    for (const [field, words] of sent) {
      const theirs = others[field.name];
      const note = form.querySelector(`[data-theirs="${field.name}"]`);
      note.hidden = theirs === undefined;
      note.querySelector("q").textContent = theirs ?? "";
      if (theirs === undefined) wasOf(field).value = words.trim();
    }
    said.textContent = Object.keys(others).length ? "Somebody else answered a warning too: both are shown." : `Answers kept ${at}`;
  } catch {
    said.textContent = "Your answers could not be kept yet: they are sent when you submit.";
  }
}

function soon(pause) {
  clearTimeout(timer);
  timer = setTimeout(() => (sending = sending.then(keep)), pause);
}

if (form && said) {
  form.addEventListener("input", () => soon(PAUSE));
  form.addEventListener("change", () => soon(0));
}
