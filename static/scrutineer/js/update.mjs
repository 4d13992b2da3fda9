// Improves the form of a monthly update: what the dates say follows what is typed, and the questions of a red or amber
// project open when they are asked. Every rule stays with the server.

const form = document.querySelector("[data-update]");
const said = form?.querySelector("#rating");
const answers = form?.querySelector("#answers");
const PAUSE = 300;

let timer;
let last = 0;

async function rate() {
  const turn = ++last;
  const typed = new FormData(form);
  const asked = new URLSearchParams();
  for (const name of ["confidence", "forecast_finish"]) asked.set(name, typed.get(name) ?? "");
  try {
    const answer = await fetch(`${form.dataset.rating}?${asked}`);
    // A newer question is on its way, or somebody else is signed in by now: the page stays as it is.
    if (turn !== last || answer.redirected || !answer.ok) return;
    said.innerHTML = await answer.text();
    if (said.querySelector("[data-asked=yes]")) answers.open = true;
  } catch {
    // Without a line the form says it when it is posted.
  }
}

form?.addEventListener("input", (event) => {
  if (!["confidence", "forecast_finish"].includes(event.target.name)) return;
  clearTimeout(timer);
  timer = setTimeout(rate, PAUSE);
});
