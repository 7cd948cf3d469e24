/* The progress of a notice, brought up to date while somebody looks. Without this file: reload. */
"use strict";

const place = document.querySelector("[data-progress]");
const EVERY = 5000; // milliseconds

async function refresh() {
  if (document.hidden) return;
  const response = await fetch(place.dataset.progress, { redirect: "error" });
  if (response.ok) place.innerHTML = await response.text();
}

if (place) setInterval(() => refresh().catch(() => {}), EVERY);
