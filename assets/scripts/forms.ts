// Filter forms submit themselves, drop zones take files, and what was typed is not lost by a wrong click.

const empty = (form: HTMLFormElement): void => {
  for (const control of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select")) {
    if (control.value === "") control.disabled = true; // an address names only what is set
  }
};

function dropZone(zone: HTMLElement): void {
  const input = zone.querySelector<HTMLInputElement>("input[type=file]");
  const list = zone.querySelector<HTMLElement>("[data-drop-list]");
  if (!input) return;
  const name = (): void => {
    if (list) list.textContent = [...(input.files ?? [])].map((file) => file.name).join("，");
  };
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("drop-over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("drop-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("drop-over");
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", name);
}

// How much room is left is said only where it grows scarce.
function counter(area: HTMLTextAreaElement): void {
  const most = area.maxLength;
  const row = area.closest(".field-row") ?? area;
  const shown = row.nextElementSibling;
  const words = shown instanceof HTMLElement && shown.dataset["counter"] !== undefined ? shown : document.createElement("p");
  words.dataset["counter"] = "";
  words.className = "field-help num";
  words.hidden = area.value.length < most * 0.8;
  words.textContent = `${area.value.length} / ${most} 字`;
  if (words !== shown) row.after(words);
}

export function forms(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-filter]")) {
    form.addEventListener("submit", () => empty(form));
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLSelectElement) form.requestSubmit();
    });
  }
  for (const zone of document.querySelectorAll<HTMLElement>("[data-drop]")) dropZone(zone);
  document.addEventListener("input", (event) => {
    if (event.target instanceof HTMLTextAreaElement && event.target.maxLength > 0) counter(event.target);
  });

  // A form that asks for it (data-guard) warns before its page is left with changes that were not sent.
  const changed = new Set<HTMLFormElement>();
  document.addEventListener("input", (event) => {
    const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-guard]") : null;
    if (form) changed.add(form);
  });
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && event.target instanceof HTMLFormElement) changed.delete(event.target);
  });
  window.addEventListener("beforeunload", (event) => {
    if (![...changed].some((form) => form.isConnected)) return;
    event.preventDefault();
    event.returnValue = ""; // older browsers ask only when this is set
  });
}
