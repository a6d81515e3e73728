// The review page: doubts one after another, rows that open, stretches that unfold, panes on a phone.

import { answers, edit } from "./editor";
import { choose, draw, drawMap, valueOf } from "./link";
import { Answer, at, main, Refused, root, say, send } from "./server";

const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;

function refused(error: unknown): void {
  if (!(error instanceof Refused)) throw error;
  say(error.message, true);
}

// Doubts

const panel = (number: string): HTMLDetailsElement | null => main.querySelector(`details[data-doubt="${number}"]`);

function goTo(number: string): void {
  const here = panel(number);
  if (!here) {
    location.assign(`?doubt=${number}#doubt-${number}`);
    return;
  }
  for (const mark of main.querySelectorAll<HTMLElement>(".is-current")) mark.classList.remove("is-current");
  for (const mark of main.querySelectorAll<HTMLElement>(`[data-doubt="${number}"]`)) mark.classList.add("is-current");
  for (const other of main.querySelectorAll<HTMLDetailsElement>("details[data-doubt][open]")) if (other !== here) other.open = false;
  here.open = true;
  show("reading");
  here.scrollIntoView({ block: "center", behavior: reduced ? "auto" : "smooth" });
  here.querySelector<HTMLElement>("summary")!.focus({ preventScroll: true });
  const spans = [...main.querySelectorAll<HTMLElement>(`.doubt-text[data-doubt="${number}"]`)];
  const path = here.dataset.cell ?? "";
  const mark = (cell: HTMLElement): void => choose(cell, spans.length ? spans : undefined);
  if (at(path).length) withCell(path, mark);
  else if (path) void openRow(path).then(() => withCell(path, mark));
  const badge = main.querySelector<HTMLElement>(`.source-text .doubt[data-doubt="${number}"]`);
  if (badge && !path) bring(badge);
}

function bring(piece: HTMLElement): void {
  const pane = piece.closest<HTMLElement>(".source-text")!;
  pane.scrollTop += piece.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
}

function nextDoubt(): void {
  const all = [...main.querySelectorAll<HTMLElement>(".doubt-bar [data-doubt]")];
  const current = all.findIndex((mark) => mark.classList.contains("is-current"));
  const order = [...all.slice(current + 1), ...all.slice(0, current + 1)];
  const next = order.find((mark) => !mark.classList.contains("is-settled"));
  if (next) goTo(next.dataset.doubt!);
  else say("疑点都已处理");
}

async function settle(form: HTMLFormElement, words: string): Promise<void> {
  const fields = new FormData(form);
  fields.set("settlement", words);
  const here = form.closest<HTMLDetailsElement>("details[data-doubt]")!;
  await send(form.action, fields);
  here.querySelector("[data-settlement]")!.textContent = words ? `已处理：${words}` : "";
  drawMap();
  if (words) nextDoubt();
}

// Rows

async function openRow(path: string): Promise<HTMLElement | null> {
  const index = /^projects\.(\d+)\./.exec(path)?.[1];
  const row = index && document.getElementById(`project-${index}`);
  if (!row) {
    if (index) location.assign(`?open=${index}#project-${index}`);
    return null;
  }
  const expander = row.querySelector<HTMLElement>("[data-expand]")!;
  if (expander.getAttribute("aria-expanded") !== "true") await toggle(expander);
  return row;
}

async function toggle(expander: HTMLElement): Promise<void> {
  const index = expander.dataset.expand!;
  const below = document.getElementById(`detail-${index}`)!;
  const opening = expander.getAttribute("aria-expanded") !== "true";
  if (opening && !below.dataset.loaded) {
    const response = await fetch(root.dataset.project!.replace("/0/", `/${index}/`));
    if (!response.ok) return say("这一行打不开，请刷新页面", true);
    fill(index, await response.text());
  }
  expander.setAttribute("aria-expanded", String(opening));
  below.hidden = !opening;
  draw();
}

function fill(index: string, html: string): void {
  const below = document.getElementById(`detail-${index}`)!;
  below.querySelector("td")!.innerHTML = html;
  below.dataset.loaded = "yes";
}

function rowsChanged(answer: Answer): void {
  if (answer.load) {
    const target = new URL(answer.load, location.href);
    if (target.pathname + target.search === location.pathname + location.search) location.reload();
    location.assign(target);
  } else if (answer.detail !== undefined) {
    fill(String(answer.index), answer.detail);
    const count = main.querySelector(`[data-milestones="${answer.index}"]`);
    if (count) count.textContent = String(answer.milestones);
    document.querySelector<HTMLElement>(`#detail-${answer.index} [data-path]`)?.focus();
  }
}

// Panes on a phone

function show(pane: string): void {
  root.dataset.show = pane;
  for (const tab of main.querySelectorAll<HTMLElement>("[data-pane]")) tab.setAttribute("aria-pressed", String(tab.dataset.pane === pane));
}

main.addEventListener("click", (event) => {
  const target = event.target as HTMLElement;
  const jump = target.closest<HTMLElement>("a[data-doubt], [data-next]");
  const expander = target.closest<HTMLElement>("[data-expand]");
  const pane = target.closest<HTMLElement>("[data-pane]");
  const piece = target.closest<HTMLElement>(".source-text [data-p]");
  if (jump) {
    event.preventDefault();
    if (jump.dataset.doubt) goTo(jump.dataset.doubt);
    else nextDoubt();
  } else if (expander) {
    event.preventDefault();
    void toggle(expander);
  } else if (pane) {
    show(pane.dataset.pane!);
  } else if (piece) {
    const path = valueOf(piece);
    if (!path) return;
    const found = at(path)[0];
    if (found) reveal(found);
    else void openRow(path).then(() => withCell(path, reveal));
  }
});

function withCell(path: string, act: (cell: HTMLElement) => void): void {
  const [cell] = at(path);
  if (cell) act(cell);
}

function reveal(cell: HTMLElement): void {
  show("reading");
  cell.scrollIntoView({ block: "nearest" });
  cell.focus({ preventScroll: true });
}

main.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  const pressed = (event as SubmitEvent).submitter as HTMLButtonElement | null;
  if (form.matches("[data-settle]")) {
    event.preventDefault();
    if (pressed?.dataset.later !== undefined) return nextDoubt();
    if (pressed?.dataset.fill) return fillIn(form, pressed.dataset.fill);
    settle(form, pressed?.value ?? "").catch(refused);
  } else if (form.matches("[data-rows]")) {
    event.preventDefault();
    if (form.dataset.confirm && !confirm(form.dataset.confirm)) return;
    send(form.action, new FormData(form)).then(rowsChanged).catch(refused);
  }
});

function fillIn(form: HTMLFormElement, path: string): void {
  const open = (): void => withCell(path, (cell) => {
    answers.set(path, form.dataset.settle!);
    reveal(cell);
    edit(cell);
  });
  if (at(path).length) open();
  else void openRow(path).then(open);
}

// What was changed here meanwhile stands in the page as the server has it now.
main.querySelector<HTMLDetailsElement>("[data-history]")?.addEventListener("toggle", (event) => {
  const history = event.target as HTMLDetailsElement;
  if (!history.open || history.dataset.history === root.dataset.version) return;
  history.dataset.history = root.dataset.version;
  void fetch(location.pathname).then((response) => response.text()).then((html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-history] ol");
    if (fresh) history.querySelector("ol")!.replaceWith(fresh);
  });
});

// Folded stretches of the source are fetched when they are opened.
main.addEventListener("toggle", (event) => {
  const fold = event.target as HTMLElement;
  if (fold instanceof HTMLDetailsElement && fold.matches(".fold") && fold.open && !fold.dataset.loaded) {
    fold.dataset.loaded = "yes";
    void fetch(`${root.dataset.source}?at=${fold.dataset.at}&count=${fold.dataset.length}`)
      .then((response) => response.text())
      .then((html) => {
        fold.querySelector(".fold-text")!.innerHTML = html;
        drawMap();
      });
  }
}, true);

for (const grid of main.querySelectorAll("[data-grid]")) grid.querySelector<HTMLElement>("[data-path]")?.setAttribute("tabindex", "0");
show(root.dataset.show ?? "reading");
drawMap();
const opened = /^#project-(\d+)$/.exec(location.hash)?.[1];
if (root.dataset.current) goTo(root.dataset.current);
else if (opened) withCell(`projects.${opened}.name`, choose);
