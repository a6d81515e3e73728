// The board: a card that is dropped on a later stage, or moved by its menu, opens its project's own form for the stage.
// Without this script the menu leads to the page of that form.

function say(words: string): void {
  const place = document.querySelector("[data-board-said]");
  if (place) place.textContent = words;
}

async function open(project: string, stage: string): Promise<void> {
  const url = `/projects/${project}/stage/?stage=${encodeURIComponent(stage)}`;
  const dialog = document.getElementById("move");
  const answer = await fetch(url, { credentials: "same-origin" }).catch(() => null);
  const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const form = page?.querySelector<HTMLFormElement>("form select[name=stage]")?.closest("form");
  if (!(dialog instanceof HTMLDialogElement) || !form) {
    window.location.href = url;
    return;
  }
  const head = document.createElement("div");
  head.className = "dialog-head";
  const title = document.createElement("h2");
  title.textContent = page?.querySelector("h1")?.textContent ?? "推进阶段";
  head.append(title);
  const body = document.createElement("div");
  body.className = "dialog-body";
  form.action = `/projects/${project}/stage/`;
  const choice = form.querySelector<HTMLSelectElement>("select[name=stage]");
  if (choice && [...choice.options].some((one) => one.value === stage)) choice.value = stage;
  form.querySelector("a.btn")?.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  body.append(document.adoptNode(form));
  dialog.replaceChildren(head, body);
  dialog.showModal();
}

function column(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-stage]") : null;
}

function start(board: HTMLElement): void {
  let dragged: HTMLElement | null = null;
  const later = (to: HTMLElement | null): boolean => {
    const from = dragged?.closest<HTMLElement>("[data-stage]");
    return !!to && !!from && Number(to.dataset["order"]) > Number(from.dataset["order"]);
  };
  const unmark = (): void => {
    for (const one of board.querySelectorAll(".board-over")) one.classList.remove("board-over");
  };
  board.addEventListener("dragstart", (event) => {
    dragged = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-project]") : null;
    if (!dragged) return;
    event.dataTransfer?.setData("text/plain", dragged.dataset["project"] ?? "");
    say("拖到后面的阶段，松开后填写日期和协议。");
  });
  board.addEventListener("dragover", (event) => {
    const to = column(event.target);
    unmark();
    if (!to || !later(to)) return;
    event.preventDefault();
    to.classList.add("board-over");
  });
  board.addEventListener("drop", (event) => {
    const to = column(event.target);
    unmark();
    if (!to || !later(to) || !dragged) return;
    event.preventDefault();
    void open(dragged.dataset["project"] ?? "", to.dataset["stage"] ?? "");
  });
  board.addEventListener("dragend", () => {
    dragged = null;
    unmark();
  });
  board.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-move]") : null;
    const card = link?.closest<HTMLElement>("[data-project]");
    if (!link || !card || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
    void open(card.dataset["project"] ?? "", link.dataset["move"] ?? "");
  });
}

const board = document.querySelector<HTMLElement>("[data-board]");
if (board) start(board);
