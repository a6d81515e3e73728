// `/` focuses the search; unfolded menus close on a click elsewhere and on Escape.

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function shell(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
      const search = document.querySelector<HTMLInputElement>("[data-search]");
      if (!search) return;
      event.preventDefault();
      search.focus();
      search.select();
    }
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-pop][open]")) {
        const inside = menu.contains(document.activeElement);
        menu.open = false;
        if (inside) menu.querySelector("summary")?.focus();
      }
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-pop][open]")) {
      if (!(event.target instanceof Node && menu.contains(event.target))) menu.open = false;
    }
  });
  // A select that leads somewhere (the page size).
  document.addEventListener("change", (event) => {
    const chosen = event.target;
    if (!(chosen instanceof HTMLSelectElement && chosen.matches("[data-go]"))) return;
    window.location.href = chosen.value;
  });
}
