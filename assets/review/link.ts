// The chosen value and its place in the source: each leads to the other, joined by one line at right angles.

import { at, root } from "./server";

const source = root.querySelector<HTMLElement>(".review-source")!;
const scroller = source.querySelector<HTMLElement>(".source-text")!;
const reading = root.querySelector<HTMLElement>(".review-reading")!;
const line = root.querySelector<SVGPathElement>(".connector path");
// A passage longer than this is marked more softly than a figure or a name.
const WORDY = 60;
let chosen: HTMLElement | null = null;
let marked: HTMLElement[] = [];

const wide = (): boolean => matchMedia("(min-width: 1024px)").matches;

// A list in an attribute is parted by blanks: one in a heading is written ␣.
const listed = (path: string): string => path.replaceAll(" ", "␣").replaceAll("\n", "␤");

/** Choose a value: its place in the source (or `places`, those of a doubt) is marked and, beside it, brought into view. */
export function choose(cell: HTMLElement, places?: HTMLElement[]): void {
  chosen?.classList.remove("is-chosen");
  for (const piece of marked) piece.classList.remove("is-here", "is-wide");
  chosen = cell;
  cell.classList.add("is-chosen");
  marked = places ?? [...source.querySelectorAll<HTMLElement>(`[data-p~="${CSS.escape(listed(cell.dataset.path!))}"]`)];
  const wordy = marked.reduce((length, piece) => length + (piece.textContent?.length ?? 0), 0) > WORDY;
  for (const piece of marked) piece.classList.add("is-here", ...(wordy ? ["is-wide"] : []));
  const [first] = marked;
  if (wide() && first) intoView(first);
  draw();
}

function intoView(piece: HTMLElement): void {
  const room = scroller.getBoundingClientRect();
  const here = piece.getBoundingClientRect();
  if (here.top < room.top + 8 || here.bottom > room.bottom - 8) {
    scroller.scrollTop += here.top - room.top - room.height / 3;
  }
  const table = piece.closest(".source-table");
  if (table) {
    const edge = table.getBoundingClientRect();
    if (here.left < edge.left || here.right > edge.right) table.scrollLeft += here.left - edge.left - edge.width / 3;
  }
}

/** Draw the line between the chosen value and its place, where both are in view. */
export function draw(): void {
  if (!line) return;
  line.setAttribute("d", "");
  const from = marked[marked.length - 1]?.getClientRects()[0];
  if (!chosen || !from || !wide() || !chosen.isConnected) return;
  const to = (chosen.closest("[data-row]") ?? chosen).getBoundingClientRect();
  const left = scroller.getBoundingClientRect();
  const right = reading.getBoundingClientRect();
  const inView = (y: number, room: DOMRect): boolean => y > room.top && y < room.bottom;
  const y1 = from.bottom, y2 = to.top + Math.min(to.height, 40) / 2;
  if (!inView(y1, left) || !inView(y2, right)) return;
  const middle = left.right + (to.left - left.right) / 2;
  line.setAttribute("d", `M${from.right} ${y1}H${middle}V${y2}H${to.left}`);
}

/** From a piece of the source to the narrowest value that was read from it. */
export function valueOf(piece: HTMLElement): string | null {
  const paths = piece.dataset.p?.split(" ").map((path) => path.replaceAll("␣", " ").replaceAll("␤", "\n")) ?? [];
  return paths.reverse().find((path) => at(path).length || /^projects\.\d+\./.test(path)) ?? null;
}

const drawSoon = (): void => { requestAnimationFrame(draw); };
for (const pane of [scroller, reading]) pane.addEventListener("scroll", drawSoon, { passive: true });
addEventListener("resize", drawSoon);

// The map of the source at its edge: where its doubts are, and which part is in view.
const map = source.querySelector<SVGSVGElement>(".source-map");
export function drawMap(): void {
  if (!map) return;
  const whole = scroller.scrollHeight || 1;
  const top = scroller.getBoundingClientRect().top - scroller.scrollTop;
  const scale = (y: number): string => String((y / whole) * 1000);
  const ticks = [...scroller.querySelectorAll<HTMLElement>(".doubt[data-doubt]")].map((badge) => {
    const tick = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    tick.setAttribute("class", badge.classList.contains("is-settled") ? "map-settled" : "map-doubt");
    tick.setAttribute("width", "8");
    tick.setAttribute("height", "4");
    tick.setAttribute("y", scale(badge.getBoundingClientRect().top - top));
    return tick;
  });
  const view = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  view.setAttribute("class", "map-view");
  view.setAttribute("width", "12");
  view.setAttribute("x", "-2");
  view.setAttribute("y", scale(scroller.scrollTop));
  view.setAttribute("height", scale(scroller.clientHeight));
  map.replaceChildren(...ticks, view);
}
scroller.addEventListener("scroll", () => requestAnimationFrame(drawMap), { passive: true });
addEventListener("resize", () => requestAnimationFrame(drawMap));
