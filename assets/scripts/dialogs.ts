// Native dialogs: opened and closed by buttons, by a click on the backdrop, and as the question before a destructive act.

function question(words: string, form: HTMLFormElement, submitter: HTMLElement | null): void {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-label", "请确认");
  const body = document.createElement("div");
  body.className = "dialog-body";
  body.textContent = words;
  const foot = document.createElement("div");
  foot.className = "dialog-foot";
  const no = document.createElement("button");
  no.className = "btn";
  no.type = "button";
  no.textContent = "取消";
  const yes = document.createElement("button");
  yes.className = "btn btn-danger";
  yes.type = "button";
  yes.textContent = submitter?.textContent?.trim() || "确定";
  no.addEventListener("click", () => dialog.close());
  yes.addEventListener("click", () => {
    form.dataset["asked"] = "yes";
    dialog.close();
    form.requestSubmit(submitter);
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    submitter?.focus();
  });
  foot.append(no, yes);
  dialog.append(body, foot);
  document.body.append(dialog);
  dialog.showModal();
  no.focus();
}

export function dialogs(): void {
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const opener = event.target.closest<HTMLElement>("[data-open]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset["open"] ?? "");
      if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
      return;
    }
    if (event.target.closest("[data-close]")) {
      event.target.closest("dialog")?.close();
      return;
    }
    if (event.target instanceof HTMLDialogElement) {
      const box = event.target.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) event.target.close();
    }
  });
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || !form.dataset["ask"] || form.dataset["asked"]) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      question(form.dataset["ask"], form, event.submitter);
    },
    true,
  );
  // A dialog that the server answered with errors in is open from the start.
  for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog[data-opened]")) dialog.showModal();
}
