// What the review page says to the server, and how the answers change the page.

/** The review's own element with what it needs to know, and the page's main part with its head: doubts are in both. */
export const root = document.querySelector<HTMLElement>("[data-review]")!;
export const main = root.closest<HTMLElement>("main")!;

export interface Cell { shown: string; typed: string; printed: string | null; known: boolean }
export interface State { version: number; counts: Record<string, number>; settled: number[] }
export interface Answer extends State {
  cells?: Record<string, Cell>; reload?: boolean; load?: string; detail?: string; index?: number; milestones?: number;
}
export interface Refusal { message: string; now?: string; shown?: string; version?: number }

export class Refused extends Error {
  constructor(readonly told: Refusal) { super(told.message); }
}

const token = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";

export const version = (): string => root.dataset.version!;

/** Send a form; a refusal is thrown with the server's sentence, and nothing typed is lost on the way. */
export async function send(url: string, fields: Record<string, string> | FormData): Promise<Answer> {
  const body = fields instanceof FormData ? fields : new FormData();
  if (!(fields instanceof FormData)) for (const [name, value] of Object.entries(fields)) body.set(name, value);
  if (!body.has("version")) body.set("version", version());
  let response: Response;
  try {
    response = await fetch(url, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token } });
  } catch {
    throw new Refused({ message: "没有保存：连不上服务器，请稍后再试" });
  }
  if (response.redirected || !response.headers.get("Content-Type")?.includes("json")) {
    throw new Refused({ message: "没有保存：登录已失效，请在新窗口登录后再试" });
  }
  const answer = await response.json();
  if (!response.ok) throw new Refused(answer as Refusal);
  adopt(answer as Answer);
  return answer as Answer;
}

/** Put an answer on the page: version, counts, settled doubts, changed cells. */
function adopt(answer: Answer): void {
  root.dataset.version = String(answer.version);
  for (const input of root.querySelectorAll<HTMLInputElement>("input[name=version]")) input.value = String(answer.version);
  for (const [name, count] of Object.entries(answer.counts)) {
    for (const figure of root.querySelectorAll(`[data-count="${name}"]`)) figure.textContent = String(count);
  }
  showDoubts(new Set(answer.settled));
  for (const [path, cell] of Object.entries(answer.cells ?? {})) showCell(path, cell);
}

export const at = (path: string): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(`[data-path="${CSS.escape(path)}"]`)];

function showCell(path: string, cell: Cell): void {
  for (const place of at(path)) {
    place.dataset.typed = cell.typed;
    place.classList.toggle("is-unknown", !cell.known);
    place.classList.toggle("is-edited", cell.printed !== null);
    place.querySelector(".cell-shown")!.textContent = cell.shown;
    const printed = place.querySelector<HTMLElement>(".cell-printed")!;
    printed.hidden = cell.printed === null;
    printed.textContent = cell.printed === null ? "" : `原 ${cell.printed}`;
  }
}

function showDoubts(settled: Set<number>): void {
  for (const mark of main.querySelectorAll<HTMLElement>("[data-doubt]")) {
    mark.classList.toggle("is-settled", settled.has(Number(mark.dataset.doubt)));
  }
  for (const about of main.querySelectorAll<HTMLElement>("details[data-cell]")) {
    const path = about.dataset.cell!;
    const open = main.querySelector(`details[data-cell="${CSS.escape(path)}"]:not(.is-settled)`) !== null;
    for (const cell of at(path)) cell.classList.toggle("doubted", open);
  }
  const all = new Set([...main.querySelectorAll<HTMLElement>("[data-doubt]")].map((mark) => mark.dataset.doubt));
  const total = Number(root.dataset.doubts ?? all.size);
  for (const figure of main.querySelectorAll("[data-settled]")) figure.textContent = String(settled.size);
  for (const figure of main.querySelectorAll("[data-left]")) figure.textContent = String(total - settled.size);
  for (const notice of main.querySelectorAll<HTMLElement>("[data-when-left]")) notice.hidden = settled.size >= total;
}

/** One line for the person, read out by screen readers too. */
export function say(words: string, wrong = false): void {
  const line = document.getElementById("review-says")!;
  line.textContent = words;
  line.classList.toggle("is-wrong", wrong);
}
