// Draws a table of signs and words, and what is seen of it as an image to save.

const SHAPES = {
  disc: (c) => `<circle cx="8" cy="8" r="6.6" fill="${c}"/>`,
  half: (c, line) => `<circle cx="8" cy="8" r="6" fill="none" stroke="${line}" stroke-width="1.3"/>` +
    `<path d="M8 2A6 6 0 0 0 8 14Z" fill="${c}" stroke="${line}" stroke-width="1.3"/>`,
  ring: (c) => `<circle cx="8" cy="8" r="5.6" fill="none" stroke="${c}" stroke-width="2"/>`,
  cross: (c) => `<path d="M2.5 2.5L13.5 13.5M13.5 2.5L2.5 13.5" stroke="${c}" stroke-width="3" fill="none"/>`,
  dash: (c) => `<path d="M3.5 8H12.5" stroke="${c}" stroke-width="2" fill="none"/>`,
  mark: (c) => `<rect x="2.6" y="2.6" width="10.8" height="10.8" fill="none" stroke="${c}" stroke-width="1.6" stroke-dasharray="2.6 2"/>`,
};

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== "") node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function sign(mark, data) {
  const holder = make("span");
  const draw = SHAPES[mark[0]] || SHAPES.dash;
  holder.innerHTML = `<svg class="sign" viewBox="0 0 16 16" aria-hidden="true">${draw(mark[1], data.colours.outline)}</svg>`;
  return holder.firstChild;
}

/* A date as known: a year, a month of a year or a day; in full and, for a phone, the year. */
function date(text, data) {
  const known = text.split("-").length;
  const month = known > 1 ? { month: "long" } : {};
  const style = { year: "numeric", ...month, ...(known > 2 ? { day: "numeric" } : {}), timeZone: "UTC" };
  const language = data.language === "en" ? "en-GB" : data.language;
  const full = new Intl.DateTimeFormat(language, style).format(new Date(`${text}${"-01".repeat(3 - known)}T00:00:00Z`));
  return [make("span", { class: "full" }, full), make("span", { class: "short", "aria-hidden": "true" }, text.slice(0, 4)),
    make("span", { class: "short hidden" }, full)];
}

/* Cells of one row as dialogue/crosstable.py packs them. */
function unpack(words) {
  return words.split(" ").map((word) => {
    const since = word.slice(1);
    if (!since || since[0] === "~") return [Number(word[0]), since.slice(1)];
    return [Number(word[0]), new Date(parseInt(since, 16) * 864e5).toISOString().slice(0, 10)];
  });
}

function drawCell(cell, y, x, data) {
  if (cell === null) return make("td", {}, make("span", { class: "hidden" }, "–"));
  if (typeof cell === "string") return make("td", { class: "words" }, data.dates && /^\d{4}(-\d\d){0,2}$/.test(cell) ? make("span", {}, ...date(cell, data)) : cell);
  const [index, text, flag] = cell;
  const mark = data.marks[index];
  const note = flag ? make("sup", {}, flag) : null;
  const shown = !text ? [] : data.dates ? date(text, data) : [make("span", { class: "text" }, text, note)];
  const inside = [sign(mark, data), make("span", { class: "hidden" }, `${mark[2]} `), ...shown, text ? null : note];
  const chosen = data.chosen && data.chosen[0] === y && data.chosen[1] === x;
  const node = make("td", { class: chosen ? "sign-cell chosen" : "sign-cell" });
  if (mark[3]) node.style.background = mark[3];
  node.append(data.pick
    ? make("button", { type: "button", class: "inside", "data-cell": `${y}|${x}`, tabindex: "-1", "aria-pressed": String(Boolean(chosen)) }, ...inside)
    : make("span", { class: "inside" }, ...inside));
  return node;
}

function drawTable(data) {
  const cols = [data.first, ...data.columns].map((_name, i) => {
    const col = make("col", { class: i ? "" : "first" });
    if (data.widths[i]) col.style.width = data.widths[i];
    return col;
  });
  const heads = data.columns.map((column) => (typeof column === "string" ? [column] : column));
  const head = make("tr", { role: "row" }, make("th", { scope: "col", role: "columnheader" }, data.first),
    ...heads.map(([name, remark]) => make("th", { scope: "col", role: "columnheader" },
      make("span", {}, name, remark ? make("span", { class: "remark" }, ` (${remark})`) : null))));
  // Roles in words: a phone lays rows out as blocks, and browsers then forget that it is a table.
  const table = make("table", { role: "table", "aria-label": data.label, class: data.compact ? "upright" : data.widths.length ? "wordy" : "" }, make("colgroup", {}, ...cols), make("thead", { role: "rowgroup" }, head));
  let y = 0;
  for (const [heading, rows] of data.sections) {
    const body = make("tbody", { role: "rowgroup" });
    if (heading) body.append(make("tr", { role: "row", class: "heading" }, make("th", { role: "rowheader", scope: "rowgroup", colspan: data.columns.length + 1 }, heading)));
    for (const [name, given] of rows) {
      const cells = typeof given === "string" ? unpack(given) : given;
      const row = y;
      const drawn = cells.map((cell, x) => drawCell(cell, row, x, data));
      drawn.forEach((node, x) => {
        node.setAttribute("role", "cell");
        node.dataset.column = heads[x][0];
        if (cells[x] === "" || cells[x] === null) node.classList.add("empty");
      });
      body.append(make("tr", { role: "row" }, make("th", { role: "rowheader", scope: "row" }, name), ...drawn));
      y += 1;
    }
    table.append(body);
  }
  return table;
}

function drawKey(data) {
  const signs = data.marks.map((mark) => make("li", {}, sign(mark, data), make("span", {}, mark[2])));
  const flags = data.key.map(([flag, meaning]) => make("li", {}, make("b", {}, flag), make("span", {}, meaning)));
  return make("ul", { class: "key" }, ...signs, ...flags);
}

/* ---- the image: what is seen, word by word ---- */

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
  return lines;
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

/* A word and where it stands; in pieces where it is broken over lines. */
function pieces(node, start, length) {
  const range = document.createRange();
  const where = (from, to) => {
    range.setStart(node, from);
    range.setEnd(node, to);
    return range.getClientRects();
  };
  const boxes = where(start, start + length);
  if (!boxes.length || !boxes[0].width) return [];
  if (boxes.length === 1) return [[node.data.substr(start, length), boxes[0]]];
  const found = [];
  for (let at = start; at < start + length; at += 1) {
    const [box] = where(at, at + 1);
    const last = found[found.length - 1];
    if (!box) continue;
    if (last && Math.abs(last[1].top - box.top) < 2) last[0] += node.data[at];
    else found.push([node.data[at], box]);
  }
  return found;
}

async function image(root, data) {
  const sans = "'Source Sans 3', 'Noto Sans', sans-serif";
  const c = data.colours, pad = 28;
  const frame = root.getBoundingClientRect();
  const width = Math.ceil(frame.width) + 2 * pad;
  const parts = [];
  let top = pad;
  for (const line of wrap(data.kicker, `600 16px ${sans}`, frame.width)) {
    parts.push(`<text x="${pad}" y="${(top += 20)}" font-size="16" font-weight="600" fill="${c.secondary}">${escapeXml(line)}</text>`);
  }
  const serif = "'Source Serif 4', 'Noto Serif', serif";
  for (const line of wrap(data.title, `600 28px ${serif}`, frame.width)) {
    parts.push(`<text x="${pad}" y="${(top += 36)}" font-size="28" font-weight="600" font-family="${serif}" fill="${c.ink}">${escapeXml(line)}</text>`);
  }
  top += 18;
  const left = (x) => x - frame.left + pad, down = (y) => y - frame.top + top;
  for (const cell of root.querySelectorAll("th, td")) {
    const box = cell.getBoundingClientRect(), style = getComputedStyle(cell);
    if (style.backgroundColor !== "rgba(0, 0, 0, 0)") {
      parts.push(`<rect x="${left(box.left)}" y="${down(box.top)}" width="${box.width}" height="${box.height}" fill="${style.backgroundColor}"/>`);
    }
    if (parseFloat(style.borderBottomWidth)) {
      parts.push(`<path d="M${left(box.left)} ${down(box.bottom)}H${left(box.right)}" stroke="${style.borderBottomColor}"/>`);
    }
  }
  for (const svg of root.querySelectorAll("svg")) {
    const box = svg.getBoundingClientRect();
    if (box.width) parts.push(`<g transform="translate(${left(box.left)} ${down(box.top)}) scale(${box.width / 16})">${svg.innerHTML}</g>`);
  }
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (node.parentElement.closest(".hidden, .save")) continue;
    const style = getComputedStyle(node.parentElement), size = parseFloat(style.fontSize);
    for (const word of node.data.matchAll(/\S+/g)) {
      for (const [piece, box] of pieces(node, word.index, word[0].length)) {
        parts.push(`<text x="${left(box.left)}" y="${down(box.top + box.height / 2 + size * 0.33)}" font-size="${size}"` +
          ` font-weight="${style.fontWeight}" fill="${style.color}">${escapeXml(piece)}</text>`);
      }
    }
  }
  const height = Math.ceil(top + frame.height + pad);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${sans}">` +
    `<style>${await fontFaces(data)}</style><rect width="100%" height="100%" fill="${c.paper}"/>${parts.join("")}</svg>`;
  return { svg, width, height };
}

async function save(kind, root, data) {
  const { svg, width, height } = await image(root, data);
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

/* Where the detail of a cell does not stand beside the table but far below, go there. */
function showDetail() {
  const detail = document.querySelector(".st-key-va-detail");
  if (!detail || detail.getBoundingClientRect().top < innerHeight * 0.8) return;
  detail.style.scrollMarginTop = "5rem";
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  detail.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".crosstable");
  const table = drawTable(data);
  const buttons = make("div", { class: "save" });
  for (const kind of ["png", "svg"]) {
    const button = make("button", { type: "button", "aria-label": data.words[kind] }, kind.toUpperCase());
    button.onclick = () => save(kind, root, data);
    buttons.append(button);
  }
  root.replaceChildren(...(data.marks.length ? [drawKey(data)] : []), table,
    make("div", { class: "foot" }, make("p", { class: "source" }, data.source), buttons));
  table.onclick = (event) => {
    const cell = event.target.closest("[data-cell]");
    if (!cell) return;
    root.dataset.clicked = "yes";
    setTriggerValue("cell", cell.dataset.cell);
  };
  if (root.dataset.clicked) {
    delete root.dataset.clicked;
    setTimeout(showDetail, 300);
  }
}
