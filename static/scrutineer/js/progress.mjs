// Renews the progress of every paper that is being written, and shows the page anew once one is done.
const EVERY = 2000;

async function renew(place) {
  const answer = await fetch(place.dataset.progress, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  place.innerHTML = await answer.text();
  if (place.querySelector("progress")) {
    setTimeout(renew, EVERY, place);
  } else {
    location.reload();
  }
}

for (const place of document.querySelectorAll("[data-progress]")) {
  if (place.querySelector("progress")) setTimeout(renew, EVERY, place);
}
