// What a style sheet cannot do for paper: charts are drawn anew for a sheet, in light colours, and tables of signs
// become light; what folds is opened. All of it is undone afterwards.

const SHEET = 1120; // pixels across for which figures are laid out on a screen of ordinary width
let colours = {}, undo = [];

/* The colours of a dark page, each with its light counterpart, the paper's first; empty where the page is light. */
export const dark = (pairs) => { colours = pairs; };

const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const joined = (colour) => `#${colour.map((c) => c.toString(16).padStart(2, "0")).join("")}`.toUpperCase();
const mixed = (colour, paper, share) => colour.map((c, i) => Math.round(c * share + paper[i] * (1 - share)));

/* The light counterpart of a colour: its own, or that of the mixture with the paper that it is. */
function lighter(hex) {
  const told = hex.toUpperCase();
  if (!(told in colours)) {
    const pairs = Object.entries(colours).map((pair) => pair.map(parts)), [from, to] = pairs[0] || [];
    const near = (colour) => colour.every((c, i) => Math.abs(c - parts(told)[i]) <= 1); // two ways to round a half
    const share = (pair) => [...Array(98).keys()].map((n) => n / 100).find((s) => near(mixed(pair[0], from, s)));
    const found = pairs.slice(1).find((pair) => share(pair) !== undefined);
    colours[told] = found ? joined(mixed(found[1], to, share(found))) : told;
  }
  return colours[told];
}
const lightened = (text) => (Object.keys(colours).length ? text.replace(/#[0-9a-f]{6}\b/gi, lighter) : text);

/* A copy of a figure in light colours. */
function copy(value) {
  if (typeof value === "string") return lightened(value);
  if (Array.isArray(value)) return value.map(copy);
  if (!value || Object.getPrototypeOf(value) !== Object.prototype) return value; // numbers, arrays of numbers
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, copy(held)]));
}

/* Shapes filled with a pattern, tile by tile: as a pattern each becomes an image of many kB on paper. */
function tile(svg) {
  for (const shape of svg.querySelectorAll("path")) {
    const pattern = document.getElementById(/url\(["']?#([^"')]+)/.exec(shape.style.fill)?.[1]);
    if (!pattern) continue;
    const { x, y, width, height } = shape.getBBox(), step = [pattern.width, pattern.height].map((side) => side.baseVal.value);
    const node = (name, attributes, ...children) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      made.append(...children);
      return made;
    };
    const tiles = node("g", { "clip-path": `url(#cut-${tile.next = (tile.next || 0) + 1})` });
    for (let across = Math.floor(x / step[0]) * step[0]; across < x + width; across += step[0]) {
      for (let down = Math.floor(y / step[1]) * step[1]; down < y + height; down += step[1]) {
        tiles.append(node("g", { transform: `translate(${across}, ${down})` }, ...[...pattern.children].map((child) => child.cloneNode(true))));
      }
    }
    shape.before(node("g", { transform: shape.getAttribute("transform") || "" }, node("clipPath", { id: `cut-${tile.next}` }, node("path", { d: shape.getAttribute("d") })), tiles));
    shape.style.fill = "none";
  }
}

/* Between its steps Plotly waits for nothing but what the browser has already, so it is done before the sheet is. */
async function onPaper(chart) {
  const { width, height } = chart._fullLayout, sheet = document.createElement("div");
  const most = innerWidth < 1700 ? SHEET : SHEET * 1.25; // where letters have grown with the window
  sheet.className = "va-sheet";
  chart.closest('[data-testid="stPlotlyChart"]').after(sheet);
  undo.push(() => { window.Plotly.purge(sheet); sheet.remove(); });
  const layout = { ...copy(chart.layout), width: Math.min(width, most), height, autosize: false };
  await window.Plotly.newPlot(sheet, copy(chart.data), layout, { ...chart._context, staticPlot: true, responsive: false, displayModeBar: false });
  const box = sheet.querySelector(".svg-container");
  box.style.cssText = `position: relative; max-width: ${layout.width}px; aspect-ratio: ${layout.width} / ${height}`;
  for (const svg of box.querySelectorAll(":scope > svg.main-svg")) {
    svg.setAttribute("viewBox", `0 0 ${layout.width} ${height}`);
    svg.setAttribute("preserveAspectRatio", "xMinYMin meet");
    tile(svg);
  }
}

function* shadows(root) {
  for (const node of root.querySelectorAll("*")) {
    if (!node.shadowRoot) continue;
    yield node.shadowRoot;
    yield* shadows(node.shadowRoot);
  }
}

/* Signs and cells outside of charts: in tables, in style sheets of their own, in images written as text. */
function lighten() {
  const rgb = (text) => text.replace(/rgb\((\d+), (\d+), (\d+)\)/g, (_, ...three) => joined(three.slice(0, 3).map(Number)));
  const inked = (text) => lightened(rgb(text).replace(/%23(?=[0-9a-f]{6}\b)/gi, "#")).replace(/(data:[^"]*)/g, (data) => data.replaceAll("#", "%23"));
  const change = (before, set) => {
    if (!before || !/(#|%23)[0-9a-f]{6}|rgb\(/i.test(before)) return;
    set(inked(before));
    undo.push(() => set(before));
  };
  const nodes = [...document.querySelectorAll('[data-testid="stHtml"] *'), ...[...shadows(document.body)].flatMap((root) => [...root.querySelectorAll(".crosstable, .crosstable *")])];
  for (const node of nodes) {
    for (const name of ["style", "fill", "stroke", "src"]) change(node.getAttribute(name), (text) => node.setAttribute(name, text));
    if (node.localName === "style" && node.textContent.includes("data:")) change(node.textContent, (text) => { node.textContent = text; });
  }
}

function before() {
  after();
  for (const fold of document.querySelectorAll("details:not([open])")) {
    fold.open = true;
    undo.push(() => { fold.open = false; });
  }
  document.querySelectorAll('[data-testid="stPlotlyChart"] .js-plotly-plot').forEach(onPaper);
  if (Object.keys(colours).length) lighten();
  const footer = document.querySelector(".va-footer");
  if (footer) footer.dataset.address = location.href;
}

function after() {
  const steps = undo;
  undo = [];
  steps.reverse().forEach((step) => step());
}

addEventListener("beforeprint", before);
addEventListener("afterprint", after);
