// Rows open on a click, arrows move between rows, chosen rows bring up the bulk bar.

function follow(event: MouseEvent): void {
  if (!(event.target instanceof Element) || event.defaultPrevented) return;
  if (event.target.closest("a, button, input, select, label, summary, textarea")) return;
  if (window.getSelection()?.toString()) return; // somebody is copying a figure
  const url = event.target.closest<HTMLElement>("tr[data-href]")?.dataset["href"];
  if (!url) return;
  if (event.ctrlKey || event.metaKey) window.open(url, "_blank", "noopener");
  else window.location.href = url;
}

// From a link or a box of one row to the same place in the next; j and k as in a mail program.
function walk(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
  if (event.target.matches("input:not([type=checkbox]), select, textarea")) return;
  const row = event.target.closest<HTMLTableRowElement>(".data tbody tr");
  if (!row) return;
  const cell = event.target.closest<HTMLTableCellElement>("td, th")?.cellIndex ?? 0;
  let next: Element | null = step > 0 ? row.nextElementSibling : row.previousElementSibling;
  while (next instanceof HTMLTableRowElement) {
    const target = next.cells[cell]?.querySelector<HTMLElement>("a, button, input") ?? next.querySelector<HTMLElement>(".name a, a");
    if (target) {
      event.preventDefault();
      target.focus();
      return;
    }
    next = step > 0 ? next.nextElementSibling : next.previousElementSibling;
  }
}

function choose(form: string): void {
  const boxes = [...document.querySelectorAll<HTMLInputElement>(`[data-check="${form}"]`)];
  const chosen = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("tr")?.setAttribute("aria-selected", String(box.checked));
  const all = document.querySelector<HTMLInputElement>(`[data-check-all="${form}"]`);
  if (all) {
    all.checked = chosen.length > 0 && chosen.length === boxes.length;
    all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
  }
  const bar = document.querySelector<HTMLElement>(`[data-bulk="${form}"]`);
  if (!bar) return;
  bar.hidden = chosen.length === 0;
  const count = bar.querySelector("[data-bulk-count]");
  if (count) count.textContent = String(chosen.length);
}

export function tables(): void {
  document.addEventListener("click", follow);
  document.addEventListener("keydown", walk);
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement)) return;
    const every = box.dataset["checkAll"];
    if (every) {
      for (const one of document.querySelectorAll<HTMLInputElement>(`[data-check="${every}"]`)) one.checked = box.checked;
    }
    const form = every ?? box.dataset["check"];
    if (form) choose(form);
  });
  document.addEventListener("click", (event) => {
    const clear = event.target instanceof Element ? event.target.closest("[data-bulk-clear]") : null;
    const form = clear?.closest<HTMLElement>("[data-bulk]")?.dataset["bulk"];
    if (!form) return;
    for (const one of document.querySelectorAll<HTMLInputElement>(`[data-check="${form}"]`)) one.checked = false;
    choose(form);
  });
  const forms = new Set([...document.querySelectorAll<HTMLElement>("[data-bulk]")].map((bar) => bar.dataset["bulk"] ?? ""));
  for (const form of forms) if (form) choose(form); // a browser that goes back keeps the boxes as they were
}
