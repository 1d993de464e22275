// Draws the matrix of States and indicators as a table, and the same as an image to save.

const SHAPES = {
  met: (c) => `<circle cx="8" cy="8" r="7" fill="${c}"/>`,
  partly: (c, line) =>
    `<circle cx="8" cy="8" r="6.5" fill="none" stroke="${line}" stroke-width="1.2"/>` +
    `<path d="M8 1.5A6.5 6.5 0 0 0 8 14.5Z" fill="${c}" stroke="${line}" stroke-width="1.2"/>`,
  not_met: (c) => `<path d="M2.5 2.5L13.5 13.5M13.5 2.5L2.5 13.5" stroke="${c}" stroke-width="3" fill="none"/>`,
  expired: (c) => `<path d="M2.5 1.5H13.5L8 8L13.5 14.5H2.5L8 8Z" fill="${c}" stroke="${c}" stroke-width="1" stroke-linejoin="round"/>`,
  derived: (c) => `<rect x="2" y="2" width="12" height="12" fill="${c}" transform="rotate(45 8 8) scale(.8) translate(2 2)"/>`,
};

function shape(status, data) {
  const draw = SHAPES[status] || SHAPES.derived;
  return draw(data.colours[status] || data.colours.derived, data.colours.line);
}

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

function symbol(status, data) {
  const holder = make("span", { "aria-hidden": "true", style: "display:inline-flex" });
  holder.innerHTML = `<svg viewBox="0 0 16 16">${shape(status, data)}</svg>`;
  return holder.firstChild;
}

/* A cell is [status, year as text, age]; age "out" is left out by the filters. */
function drawCell(cell, state, row, data) {
  const [status, text, age] = cell;
  const cellNode = make("td", { role: "cell" });
  if (age === "out") {
    cellNode.className = "left-out";
    cellNode.append(make("span", { class: "hidden" }, data.words.out));
    return cellNode;
  }
  const known = status !== "no_information";
  const said = [state.name, row.name, data.words[status] || status, known ? text : null, known && age === "older" ? data.words.old : null];
  const look = `cell ${known ? age : "none"}`;
  const name = make("span", { class: "state" }, state.name);
  const inside = known ? [symbol(status, data), name, make("span", {}, text)] : [name];
  if (row.derived) {
    cellNode.append(make("span", { class: "cell" }, symbol("derived", data), name, make("span", {}, text), make("span", { class: "hidden" }, data.words[status] || status)));
    return cellNode;
  }
  const chosen = data.chosen[0] === state.code && data.chosen[1] === row.code;
  cellNode.append(make("button", {
    type: "button", class: look, "data-cell": `${state.code}|${row.code}`,
    "aria-label": said.filter(Boolean).join(", "), "aria-pressed": String(chosen), tabindex: "-1",
  }, ...inside));
  return cellNode;
}

function drawGroup(group, data, open) {
  const body = make("tbody", { role: "rowgroup", "data-open": String(open) });
  const fold = make("button", { type: "button", "aria-expanded": String(open) }, make("span", {}, group.name));
  fold.onclick = () => {
    const now = body.dataset.open !== "true";
    body.dataset.open = String(now);
    fold.setAttribute("aria-expanded", String(now));
  };
  const head = make("th", { role: "rowheader", scope: "rowgroup", colspan: data.states.length + 2 }, fold);
  body.append(make("tr", { class: "group", role: "row" }, head));
  for (const [i, row] of group.rows.entries()) {
    const chosen = data.chosen[1] === row.code;
    const label = row.derived ? row.name : make("button", { type: "button", "data-cell": `|${row.code}`, tabindex: "-1" }, row.name);
    const line = make("tr", { class: row.derived ? "row derived" : "row", role: "row" });
    if (i === 0) line.append(make("th", { scope: "rowgroup", role: "rowheader", class: "action", rowspan: group.rows.length }, group.short));
    line.append(make("th", { scope: "row", role: "rowheader", class: chosen ? "indicator chosen" : "indicator" }, label));
    row.cells.forEach((cell, j) => line.append(drawCell(cell, data.states[j], row, data)));
    body.append(line);
  }
  return body;
}

/* [region, States in it], side by side; nothing in alphabetical order. */
function regions(data) {
  const found = [];
  for (const state of data.states) {
    if (!state.region) continue;
    if (found.length && found[found.length - 1][0] === state.region) found[found.length - 1][1] += 1;
    else found.push([state.region, 1]);
  }
  return found;
}

function regionRow(data) {
  const found = regions(data);
  if (!found.length) return [];
  return [make("tr", { role: "row" }, make("td", { role: "cell", colspan: 2 }),
    ...found.map(([name, count]) => make("th", { scope: "colgroup", role: "columnheader", class: "region", colspan: count }, name)))];
}

function drawTable(data, opened) {
  const head = make("tr", { role: "row" }, ...data.words.heads.map((text) => make("th", { scope: "col", role: "columnheader", class: "lead" }, text)));
  for (const state of data.states) {
    head.append(make("th", { scope: "col", role: "columnheader", class: data.chosen[0] === state.code ? "chosen" : null },
      make("button", { type: "button", "data-cell": `${state.code}|`, tabindex: "-1" }, state.name)));
  }
  const table = make("table", { class: data.states.length > 6 ? "matrix-table" : "matrix-table few", role: "table", "aria-label": data.kicker },
    make("colgroup", {}, make("col", { class: "action" }), make("col", { class: "indicator" }), ...data.states.map(() => make("col"))),
    make("thead", { role: "rowgroup" }, ...regionRow(data), head));
  // On a phone these groups stand open: that of the chosen indicator and what was open, at first the first.
  data.groups.forEach((group, i) => {
    const holds = group.rows.some((row) => row.code === data.chosen[1]);
    const open = holds || (opened ? opened.includes(group.name) : i === 0 && !data.chosen[1]);
    table.append(drawGroup(group, data, open));
  });
  return table;
}

function drawKey(data) {
  const key = make("ul", { class: "key" });
  for (const status of data.key) {
    const mark = status === "no_information" ? make("span", { class: "sample none", "aria-hidden": "true" }, "\u00a0") : symbol(status, data);
    key.append(make("li", {}, mark, data.words[status]));
  }
  for (const age of ["recent", "older", "undated"]) {
    key.append(make("li", {}, make("span", { class: `sample ${age}` }, data.words.sample[age]), age === "undated" ? "" : data.words[age]));
  }
  return key;
}

/* One tab stop for the whole matrix; arrow keys move within it. */
function keyboard(table, data) {
  const rows = [...table.querySelectorAll("tr")]
    // from the last column back, because some rows begin with the cell of their action
    .map((row) => [...row.children].slice(-data.states.length - 1).map((cell) => cell.querySelector("[data-cell]")))
    .filter((row) => row.some(Boolean));
  const first = table.querySelector('[aria-pressed="true"]') || table.querySelector("td [data-cell]") || table.querySelector("[data-cell]");
  if (first) first.tabIndex = 0;
  const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
  table.onkeydown = (event) => {
    const step = steps[event.key];
    const here = event.target.closest("[data-cell]");
    if (!step || !here) return;
    let y = rows.findIndex((row) => row.includes(here));
    let x = rows[y].indexOf(here);
    do {
      y += step[0];
      x += step[1];
      const next = rows[y] && rows[y][x];
      if (next && next.offsetParent) {
        here.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
        break;
      }
    } while (rows[y] && x >= 0 && x < rows[y].length);
    event.preventDefault();
  };
}

/* ---- the image ---- */

const escapeXml = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const pen = document.createElement("canvas").getContext("2d");

function wrap(text, font, width) {
  pen.font = font;
  const lines = [""];
  for (const word of String(text).split(/\s+/)) {
    const longer = lines[lines.length - 1] ? `${lines[lines.length - 1]} ${word}` : word;
    if (pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.filter(Boolean);
}

async function fontFaces(data) {
  const faces = [];
  for (const [family, url] of Object.entries(data.fonts)) {
    try {
      const file = await (await fetch(new URL(url, document.baseURI))).blob();
      const read = await new Promise((done) => {
        const reader = new FileReader();
        reader.onload = () => done(reader.result);
        reader.readAsDataURL(file);
      });
      faces.push(`@font-face{font-family:'${family}';font-weight:200 900;src:url(${read})}`);
    } catch { /* the reader's own sans-serif stands in */ }
  }
  return faces.join("");
}

async function image(data) {
  const sans = "'Source Sans 3', 'Noto Sans', sans-serif";
  const serif = "'Source Serif 4', 'Noto Serif', serif";
  const c = data.colours;
  const pad = 28, first = 400, step = Math.max(84, Math.min(130, 1140 / data.states.length));
  const width = Math.max(1000, pad * 2 + first + step * data.states.length);
  const parts = [];
  const put = (x, y, text, size, options = {}) => parts.push(
    `<text x="${x}" y="${y}" font-size="${size}" fill="${options.fill || c.ink}" font-weight="${options.weight || 400}"` +
    ` text-anchor="${options.anchor || "start"}"${options.serif ? ` font-family="${serif}"` : ""}` +
    `${options.italic ? ' font-style="italic"' : ""}>${escapeXml(text)}</text>`);
  const mark = (x, y, status, size = 16) => parts.push(`<g transform="translate(${x} ${y}) scale(${size / 16})">${shape(status, data)}</g>`);
  const box = (x, y, w, h, kind) => {
    if (kind === "none") parts.push(`<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="url(#hatch)" stroke="${c.grid}"/>`);
    else parts.push(`<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="3" fill="none" stroke="${kind === "recent" ? c.ink : c.quiet}" stroke-width="1.5"` +
      `${{ older: ' stroke-dasharray="5 3"', undated: ' stroke-dasharray="1.5 3"' }[kind] || ""}/>`);
  };

  let y = pad;
  for (const line of wrap(data.kicker, `600 17px ${sans}`, width - 2 * pad)) put(pad, (y += 20), line, 17, { fill: c.secondary, weight: 600 });
  for (const line of wrap(data.title, `600 30px ${serif}`, width - 2 * pad)) put(pad, (y += 38), line, 30, { weight: 600, serif: true });
  y += 26;
  let x = pad;
  const entries = [...data.key.map((status) => [status, data.words[status]]), ...["recent", "older", "undated"].map((age) => [age, age === "undated" ? "" : data.words[age]])];
  for (const [code, text] of entries) {
    pen.font = `400 16px ${sans}`;
    const sample = data.words.sample[code];
    const markWidth = sample ? pen.measureText(sample).width + 14 : 18;
    const needed = markWidth + 8 + pen.measureText(text).width + 24;
    if (x + needed > width - pad) { x = pad; y += 28; }
    if (sample) {
      box(x, y - 15, markWidth, 20, code);
      put(x + markWidth / 2, y, sample, 15, { anchor: "middle", italic: code === "older", weight: code === "recent" ? 650 : 400 });
    } else if (code === "no_information") box(x, y - 14, 18, 18, "none");
    else mark(x, y - 14, code);
    put(x + markWidth + 8, y, text, 16);
    x += needed;
  }
  y += 16;
  let across = 0;
  if (regions(data).length) y += 22;
  for (const [name, count] of regions(data)) {
    put(pad + first + step * (across + count / 2), y, name, 15, { anchor: "middle", weight: 600, fill: c.secondary });
    parts.push(`<path d="M${pad + first + step * across + 4} ${y + 5}H${pad + first + step * (across += count) - 4}" stroke="${c.quiet}"/>`);
  }
  if (across) y += 6;
  const names = data.states.map((state) => wrap(state.name, `400 15px ${sans}`, step - 8));
  const tall = Math.max(...names.map((lines) => lines.length));
  names.forEach((lines, i) => lines.forEach((line, j) =>
    put(pad + first + step * (i + 0.5), y + 18 * (tall - lines.length + j + 1), line, 15, { anchor: "middle" })));
  y += 18 * tall + 4;
  for (const group of data.groups) {
    put(pad, (y += 25), group.name, 15, { weight: 600, fill: c.secondary });
    parts.push(`<path d="M${pad} ${(y += 6)}H${width - pad}" stroke="${c.quiet}" stroke-width="1.5"/>`);
    for (const row of group.rows) {
      const lines = wrap(row.name, `400 16px ${sans}`, first - 12);
      const high = Math.max(34, lines.length * 19 + 6);
      lines.forEach((line, j) => put(pad, y + high / 2 + 5.5 + 19 * (j - (lines.length - 1) / 2), line, 16, row.derived ? { fill: c.secondary } : {}));
      row.cells.forEach(([status, text, age], i) => {
        if (age === "out") return;
        const left = pad + first + step * i + 3, middle = y + high / 2;
        if (status === "no_information") return box(left, y + 3, step - 6, high - 6, "none");
        if (!row.derived) box(left, y + 3, step - 6, high - 6, age);
        pen.font = `400 15px ${sans}`;
        const start = left + (step - 6 - 20 - pen.measureText(text).width) / 2;
        mark(start, middle - 7.5, row.derived ? "derived" : status, 15);
        put(start + 20, middle + 5.5, text, 15, { italic: age === "older", weight: age === "recent" && !row.derived ? 650 : 400, fill: row.derived ? c.secondary : c.ink });
      });
      y += high;
      parts.push(`<path d="M${pad} ${y}H${width - pad}" stroke="${c.grid}"/>`);
    }
  }
  y += 12;
  for (const line of wrap(data.source, `400 14px ${sans}`, width - 2 * pad)) put(pad, (y += 18), line, 14, { fill: c.quiet });
  const height = Math.ceil(y + pad);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${sans}">` +
    `<style>${await fontFaces(data)}</style><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
    `<path d="M0 0V6" stroke="${c.hatch}" stroke-width="1.6"/></pattern></defs><rect width="100%" height="100%" fill="${c.paper}"/>${parts.join("")}</svg>`;
  return { svg, width, height };
}

async function save(kind, data) {
  const { svg, width, height } = await image(data);
  let file = new Blob([svg], { type: "image/svg+xml" });
  if (kind === "png") {
    const picture = new Image();
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    await picture.decode();
    const canvas = make("canvas", { width: width * 2, height: height * 2 });
    canvas.getContext("2d").drawImage(picture, 0, 0, width * 2, height * 2);
    file = await new Promise((done) => canvas.toBlob(done, "image/png"));
  }
  const link = make("a", { href: URL.createObjectURL(file), download: `${data.file}.${kind}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/* Where the detail does not stand beside the matrix but far below, go there. */
function showDetail() {
  const detail = document.querySelector(".st-key-va-detail");
  if (detail && detail.getBoundingClientRect().top > window.innerHeight * 0.8) {
    detail.style.scrollMarginTop = "5rem";
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    detail.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".matrix");
  const focused = parentElement.activeElement && parentElement.activeElement.dataset.cell;
  root.style.setProperty("--hatch", data.colours.hatch);
  const before = [...root.querySelectorAll("tbody")];
  const opened = before.filter((body) => body.dataset.open === "true").map((body) => body.querySelector("tr").textContent);
  const table = drawTable(data, before.length ? opened : null);
  const buttons = make("div", { class: "save" });
  for (const kind of ["png", "svg"]) {
    const button = make("button", { type: "button", "aria-label": data.words[kind] }, kind.toUpperCase());
    button.onclick = () => save(kind, data);
    buttons.append(button);
  }
  root.replaceChildren(drawKey(data), table, make("div", { class: "foot" }, make("p", { class: "source" }, data.source), buttons));
  keyboard(table, data);
  table.onclick = (event) => {
    const cell = event.target.closest("[data-cell]");
    if (!cell) return;
    root.dataset.clicked = "yes";
    setTriggerValue("cell", cell.dataset.cell);
  };
  if (focused) root.querySelector(`[data-cell="${focused}"]`)?.focus({ preventScroll: true });
  if (root.dataset.clicked && data.chosen.some(Boolean)) {
    delete root.dataset.clicked;
    setTimeout(showDetail, 300);
  }
}
