/* The keys of a redline: n or j to the next change, p or k to the previous one.
   Everything works without this file; the links at each change do the same. */
"use strict";

const stops = [...document.querySelectorAll("[data-stop]")];
const help = document.querySelector(".keys");
const FORWARD = ["n", "j"];
const BACK = ["p", "k"];
const SLACK = 8; // pixels by which a change may miss the top of the window
let isOn = true;

function isTyping(target) {
  return target.isContentEditable || target.closest("input, textarea, select, [role=textbox]");
}

/* The change with the focus counts, for at the end of a page no other can reach the top. */
function target(step) {
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  if (at >= 0) return stops[at + step];
  const edge = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  const top = (stop) => stop.getBoundingClientRect().top - edge;
  return step > 0
    ? stops.find((stop) => top(stop) > SLACK)
    : stops.findLast((stop) => top(stop) < -SLACK);
}

function go(stop) {
  const heading = stop.querySelector("h3");
  heading.tabIndex = -1;
  location.replace(`#${stop.id}`); // marks it as the target, and leaves the history as it is
  heading.focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  if (!isOn || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target)) return;
  const step = FORWARD.includes(event.key) ? 1 : BACK.includes(event.key) ? -1 : 0;
  const stop = step && target(step);
  if (stop) go(stop);
});

/* Single keys can be in the way of speech input: WCAG 2.2, 2.1.4. */
const button = document.createElement("button");
button.type = "button";
button.textContent = help.dataset.off;
button.addEventListener("click", () => {
  isOn = !isOn;
  button.textContent = isOn ? help.dataset.off : help.dataset.on;
});
help.append(" ", button);
help.hidden = false;
