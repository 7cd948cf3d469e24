/* The import's form: a file may be dropped, and pasted text keeps its headings and lists.
   Everything works without this file. */
"use strict";

const area = document.querySelector("[data-drop]");
const input = area.querySelector("input[type=file]");
const text = document.querySelector("textarea[name=text]");
const pasted = document.querySelector("input[name=pasted_html]");
const note = document.querySelector("[data-kept]");
const MAX_PASTED = 500_000; // characters, as the form has it
const OVER = "legalcms-over";

area.querySelector("[data-drop-hint]").hidden = false;

area.addEventListener("dragover", (event) => {
  if (!event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  area.classList.add(OVER);
});
area.addEventListener("dragleave", (event) => {
  if (!area.contains(event.relatedTarget)) area.classList.remove(OVER);
});
area.addEventListener("drop", (event) => {
  area.classList.remove(OVER);
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  const only = new DataTransfer(); // one file, though several were dropped
  only.items.add(event.dataTransfer.files[0]);
  input.files = only.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

function keep(html) {
  pasted.value = html;
  note.textContent = html ? note.dataset.kept : "";
}

/* Only what is pasted as the whole is kept: what is then edited is read as it stands. */
text.addEventListener("paste", (event) => {
  const html = event.clipboardData.getData("text/html");
  const isWhole = text.selectionStart === 0 && text.selectionEnd === text.value.length;
  const kept = isWhole && html.length <= MAX_PASTED ? html : "";
  text.addEventListener("input", () => keep(kept), { once: true });
});
text.addEventListener("input", (event) => {
  if (event.inputType !== "insertFromPaste") keep("");
});
