// Renews the progress of a paper that is being written, and shows the page anew once it is done.
const EVERY = 2000;
const place = document.querySelector("[data-progress]");

async function renew() {
  const answer = await fetch(place.dataset.progress, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  place.innerHTML = await answer.text();
  if (place.querySelector("progress")) {
    setTimeout(renew, EVERY);
  } else {
    location.reload();
  }
}

if (place) setTimeout(renew, EVERY);
