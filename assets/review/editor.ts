// Editing one cell: double click or Enter opens it, Enter saves, Escape leaves it as it was.

import { choose } from "./link";
import { at, main, Refused, root, say, send, version } from "./server";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

let open: { cell: HTMLElement; control: Control } | null = null;
/** The doubt that the next saved value answers, by the path of its cell. */
export const answers = new Map<string, string>();

export function edit(cell: HTMLElement): void {
  if (open?.cell === cell) return;
  close();
  choose(cell);
  const control = controlFor(cell);
  control.className = "cell-editor";
  control.setAttribute("aria-label", `${cell.dataset.label}，回车保存，Esc 取消`);
  cell.classList.add("is-open");
  cell.append(control);
  open = { cell, control };
  control.focus();
  if (!(control instanceof HTMLSelectElement)) control.select();
  control.addEventListener("keydown", (event) => keyInside(event as KeyboardEvent));
  control.addEventListener("blur", () => { if (open?.control === control) void save(false); });
}

function controlFor(cell: HTMLElement): Control {
  const typed = cell.dataset.typed ?? "";
  if (cell.dataset.editor === "choice") {
    const choices = document.getElementById(`choices-${cell.dataset.kind}-${cell.dataset.name}`) as HTMLTemplateElement;
    const select = choices.content.firstElementChild!.cloneNode(true) as HTMLSelectElement;
    select.value = typed;
    return select;
  }
  const control = document.createElement(cell.dataset.editor === "lines" ? "textarea" : "input");
  if (control instanceof HTMLTextAreaElement) control.rows = Math.min(12, Math.max(3, Math.ceil(typed.length / 32)));
  control.value = typed;
  return control;
}

function keyInside(event: KeyboardEvent): void {
  event.stopPropagation();
  if (event.isComposing) return;
  if (event.key === "Escape") {
    event.preventDefault();
    const { cell } = open!;
    close();
    cell.focus();
  } else if (event.key === "Enter" && !(event.shiftKey && open!.control instanceof HTMLTextAreaElement)) {
    event.preventDefault();
    void save(true);
  }
}

/** Save what is typed; the editor stays open, with the sentence beside it, where it is refused. */
async function save(refocus: boolean, seen?: string, since?: string): Promise<void> {
  const { cell, control } = open!;
  const path = cell.dataset.path!;
  const before = seen ?? cell.dataset.typed ?? "";
  const doubt = answers.get(path) ?? (control.value === before ? undefined : doubtOf(path));
  if (control.value === before && !doubt) {
    close();
    if (refocus) cell.focus();
    return;
  }
  const fields = { path, value: control.value, seen: before, version: since ?? version(), ...(doubt ? { doubt } : {}) };
  control.toggleAttribute("readonly", true);
  try {
    const answer = await send(root.dataset.edit!, fields);
    answers.delete(path);
    const told = doubt && main.querySelector(`#doubt-${doubt} [data-settlement]`);
    if (told) told.textContent = `已处理：已填核实后的内容：${fields.value}`;
    if (open?.control === control) close();
    if (answer.reload) location.reload();
    say("已保存");
    if (refocus) cell.focus();
  } catch (error) {
    control.toggleAttribute("readonly", false);
    if (!(error instanceof Refused)) throw error;
    refuse(cell, control, error);
  }
}

/** The open doubt about the value, where there is only one: whoever changes the value has answered it. */
function doubtOf(path: string): string | undefined {
  const [about, another] = main.querySelectorAll<HTMLElement>(`details[data-cell="${CSS.escape(path)}"]:not(.is-settled)`);
  return another ? undefined : about?.dataset.doubt;
}

function refuse(cell: HTMLElement, control: Control, error: Refused): void {
  if (!cell.contains(control)) return say(error.message, true);
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", "cell-problem");
  cell.querySelector(".cell-problem")?.remove();
  const problem = document.createElement("div");
  problem.className = "cell-problem";
  problem.id = "cell-problem";
  problem.setAttribute("role", "alert");
  problem.append(error.message);
  const { now, version: since } = error.told;
  if (now !== undefined) {
    problem.append(`；你填的是“${control.value}”`);
    problem.append(button("用我填的", () => { void save(true, now, String(since)); }));
    problem.append(button("保留对方的", () => { keep(cell, now, error.told.shown!); }));
  }
  cell.append(problem);
  control.focus();
}

function button(words: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-row";
  made.textContent = words;
  // Before the editor loses the focus, which would save.
  made.addEventListener("mousedown", (event) => event.preventDefault());
  made.addEventListener("click", act);
  return made;
}

function keep(cell: HTMLElement, now: string, shown: string): void {
  close();
  for (const place of at(cell.dataset.path!)) {
    place.dataset.typed = now;
    place.querySelector(".cell-shown")!.textContent = shown;
  }
  cell.focus();
}

export function close(): void {
  if (!open) return;
  const { cell, control } = open;
  open = null;
  cell.classList.remove("is-open");
  cell.querySelector(".cell-problem")?.remove();
  control.remove();
}

// Between cells: arrows within a table, Enter or F2 to edit.

const cellsOf = (row: Element): HTMLElement[] =>
  [...row.querySelectorAll<HTMLElement>("[data-path]")].filter((cell) => cell.closest("[data-row]") === row);

function neighbour(cell: HTMLElement, key: string): HTMLElement | undefined {
  const row = cell.closest("[data-row]")!;
  const here = cellsOf(row);
  const index = here.indexOf(cell);
  if (key === "ArrowLeft") return here[index - 1];
  if (key === "ArrowRight") return here[index + 1];
  const grid = row.closest("[data-grid]")!;
  const rows = [...grid.querySelectorAll("[data-row]")].filter((one) => one.closest("[data-grid]") === grid);
  const next = rows[rows.indexOf(row) + (key === "ArrowUp" ? -1 : 1)];
  return next && (cellsOf(next)[index] ?? cellsOf(next)[0]);
}

root.addEventListener("keydown", (event) => {
  const cell = event.target as HTMLElement;
  if (!cell.dataset?.path) return;
  if (event.key === "Enter" || event.key === "F2") {
    event.preventDefault();
    edit(cell);
  } else if (event.key.startsWith("Arrow")) {
    const next = neighbour(cell, event.key);
    if (!next) return;
    event.preventDefault();
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
});
root.addEventListener("dblclick", (event) => {
  const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-path]");
  if (cell) edit(cell);
});
root.addEventListener("focusin", (event) => {
  const cell = event.target as HTMLElement;
  if (!cell.dataset?.path) return;
  const grid = cell.closest("[data-grid]");
  for (const other of grid?.querySelectorAll<HTMLElement>('[data-path][tabindex="0"]') ?? []) other.tabIndex = -1;
  cell.tabIndex = 0;
  choose(cell);
});
