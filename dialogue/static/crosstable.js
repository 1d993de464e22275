// Draws a table of signs and words to walk through; picture.js draws the same to save.
// A classic script that leaves one function, so that the player can load it from a disk too.
(() => {
"use strict";

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== "") node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const hidden = (text) => make("span", { class: "hidden" }, text);

function sign([drawn]) {
  const holder = make("span");
  holder.innerHTML = `<svg class="sign" viewBox="0 0 16 16" aria-hidden="true">${drawn}</svg>`;
  return holder.firstChild;
}

/* A date as known: a year, a month of a year or a day. */
function inFull(date, words) {
  const [y, month, day] = date.split("-");
  if (!month) return y;
  const names = !day && words.alone.length ? words.alone : words.months;
  const told = { y, m: names[month - 1], d: day === "01" && words.first ? words.first : Number(day) };
  return words[day ? "day" : "month"].replace(/{(\w)}/g, (_whole, part) => told[part]);
}

/* Cells of one row as dialogue/crosstable.py packs them. */
function unpack(words) {
  return words.split(" ").map((word) => {
    const since = word.slice(1);
    if (!since || since[0] === "~") return [Number(word[0]), since.slice(1)];
    return [Number(word[0]), new Date(parseInt(since, 16) * 864e5).toISOString().slice(0, 10)];
  });
}

/* What readers choose, where they can: a cell, or the name of a row or a column. */
function choice(data, place, attributes, ...inside) {
  if (!data.pick || !place) return make("span", { class: attributes.class }, ...inside);
  return make("button", { type: "button", "data-cell": place, tabindex: "-1", ...attributes }, ...inside);
}

/* A cell is null, a text, or [index of a mark, text, index of a flag]. */
function drawCell(cell, row, column, data) {
  if (!cell) return make("td", { role: "cell", class: "empty" }, cell === null ? hidden(data.empty) : "");
  const head = make("span", { class: "column" }, column.name);
  if (typeof cell === "string") return make("td", { role: "cell", class: "written" }, head, cell);
  const [index, text, flagged] = cell;
  const mark = data.marks[index], flag = data.flags[flagged] || [];
  const full = text && data.dates ? inFull(text, data.dates) : text;
  const note = flag[0] && !flag[2] ? make("sup", {}, flag[0]) : null;
  const inside = [sign(mark), head, hidden(`${mark[1]} `)];
  if (full !== text) inside.push(make("span", { class: "long" }, full), make("span", { class: "short", "aria-hidden": "true" }, text.slice(0, 4)), make("span", { class: "short hidden" }, full));
  else if (text) inside.push(make("span", { class: "text" }, make("span", {}, text), note));
  else if (note) inside.push(note);
  const said = [column.name, row.name, mark[1], full, flag[1]].filter(Boolean).join(", ");
  const chosen = Boolean(row.code) && row.code === data.chosen[0] && column.code === data.chosen[1];
  const node = make("td", { role: "cell" }, choice(data, row.code && `${row.code}|${column.code}`, {
    class: `inside ${flag[2] || ""} ${mark[2] === "hatch" ? "hatch" : ""}`, "aria-label": said, "aria-pressed": String(chosen),
  }, ...inside));
  if (mark[2] && mark[2] !== "hatch") node.style.background = mark[2];
  return node;
}

function drawHead(columns, data) {
  const lead = [...(data.aside ? [data.aside[0]] : []), data.first];
  const row = make("tr", { role: "row" }, ...lead.map((text) => make("th", { scope: "col", role: "columnheader", class: "lead" }, text)),
    ...columns.map(({ name, remark, code }) => make("th", { scope: "col", role: "columnheader", class: code && code === data.chosen[1] ? "chosen" : "" },
      choice(data, code && `|${code}`, { class: "name" }, name, remark ? make("span", { class: "remark" }, ` (${remark})`) : null))));
  const above = data.groups.map(([name, count]) => make("th", { scope: "colgroup", role: "columnheader", class: "group", colspan: count }, make("span", {}, name)));
  if (above.length) above.unshift(make("td", { role: "cell", colspan: lead.length }));
  return make("thead", { role: "rowgroup" }, ...(above.length ? [make("tr", { role: "row" }, ...above)] : []), row);
}

/* A section; where the table is narrow, its heading opens and closes it. */
function drawSection(heading, rows, aside, columns, data, open) {
  const body = make("tbody", { role: "rowgroup", "data-open": String(open), "data-name": heading });
  if (heading) {
    const fold = make("button", { type: "button", class: "fold", "aria-expanded": String(open) }, make("span", {}, heading));
    fold.onclick = () => {
      body.dataset.open = String(body.dataset.open !== "true");
      fold.setAttribute("aria-expanded", body.dataset.open);
    };
    const span = columns.length + (aside ? 2 : 1);
    body.append(make("tr", { role: "row", class: aside ? "heading beside" : "heading" },
      make("th", { role: "rowheader", scope: "rowgroup", colspan: span }, make("span", { class: "wide" }, heading), fold)));
  }
  rows.forEach((row, i) => {
    const line = make("tr", { role: "row", class: row.plain ? "plain" : "" });
    if (aside && !i) line.append(make("th", { role: "rowheader", scope: "rowgroup", class: "aside", rowspan: rows.length }, aside));
    line.append(make("th", { role: "rowheader", scope: "row", class: row.code && row.code === data.chosen[0] ? "first chosen" : "first" },
      data.links && row.code ? make("a", { href: data.links + row.code, target: "_self" }, row.name)
        : choice(data, row.code && `${row.code}|`, {}, row.name)));
    line.append(...row.cells.map((cell, x) => drawCell(cell, row, columns[x], data)));
    body.append(line);
  });
  return body;
}

function drawTable(data, opened) {
  const [codes, columnCodes] = data.codes;
  const columns = data.columns.map((column, x) => ({ name: [column].flat()[0], remark: [column].flat()[1], code: columnCodes[x] }));
  const col = (kind, width) => make("col", { class: kind, style: width ? `width:${width}` : "" });
  // Roles in words: where rows are laid out as blocks, browsers forget that it is a table.
  const table = make("table", { role: "table", "aria-label": data.label, class: `${data.layout} ${columns.length > 6 ? "many" : ""}` },
    make("colgroup", {}, ...(data.aside ? [col("aside")] : []), ...["first", ...columns].map((_, x) => col(x ? "" : "first", data.widths[x]))),
    drawHead(columns, data));
  let y = 0;
  data.sections.forEach(([heading, given], i) => {
    const rows = given.map(([name, cells, plain]) => ({
      name, plain, code: plain ? "" : codes[y++], cells: typeof cells === "string" ? unpack(cells) : cells,
    }));
    const holds = data.chosen[0] && rows.some((row) => row.code === data.chosen[0]);
    const open = !heading || holds || (opened ? opened.includes(heading) : !i && !data.chosen[0]);
    table.append(drawSection(heading, rows, data.aside && data.aside[1][i], columns, data, open));
  });
  return table;
}

/* Key, table and source line: what stands in the page and in the image. */
function draw(data, opened) {
  const signs = data.marks.map((mark) => make("li", {}, sign(mark), make("span", {}, mark[1])));
  const flags = data.flags.map(([text, meaning, frame]) => make("li", {}, frame ? make("span", { class: `sample ${frame}` }, text) : make("b", {}, text), make("span", {}, meaning)));
  return [make("ul", { class: "key" }, ...signs, ...flags), drawTable(data, opened), make("p", { class: "source" }, data.source)];
}

/* One tab stop for the whole table; arrow keys move within it. */
function keyboard(table, columns) {
  const rows = [...table.querySelectorAll("tr")]
    // from the last column back, because some rows begin with the name of their section
    .map((row) => [...row.children].slice(-columns - 1).map((cell) => cell.querySelector("[data-cell]")))
    .filter((row) => row.some(Boolean));
  const first = table.querySelector('[aria-pressed="true"]') || table.querySelector("td [data-cell]") || table.querySelector("[data-cell]");
  if (first) first.tabIndex = 0;
  const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
  table.onkeydown = (event) => {
    const step = steps[event.key], here = event.target.closest("[data-cell]");
    if (!step || !here) return;
    event.preventDefault();
    let y = rows.findIndex((row) => row.includes(here)), x = rows[y].indexOf(here), next;
    do {
      y += step[0];
      x += step[1];
      next = rows[y] && rows[y][x];
      if (next && next.getClientRects().length) {
        table.querySelectorAll('[tabindex="0"]').forEach((cell) => { cell.tabIndex = -1; });
        next.tabIndex = 0;
        next.focus();
        return;
      }
    } while (rows[y] && x >= 0 && x < rows[y].length);
  };
}

/* Where the detail of a cell does not stand beside the table but far below, go there. */
function showDetail() {
  const detail = document.querySelector(".st-key-va-detail");
  if (!detail || detail.getBoundingClientRect().top < innerHeight * 0.8) return;
  detail.style.scrollMarginTop = "5rem";
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  detail.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

window.va = window.va || {};
window.va.signs = draw; // key, table and source line of a drawing, for pictures
window.va.crosstable = function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".crosstable");
  const focused = parentElement.activeElement && parentElement.activeElement.dataset.cell;
  const before = [...root.querySelectorAll("tbody")];
  const opened = before.length ? before.filter((body) => body.dataset.open === "true").map((body) => body.dataset.name) : null;
  root.style.setProperty("--hatch", data.hatch);
  const [key, table, source] = draw(data, opened);
  root.replaceChildren(key, table, source);
  keyboard(table, data.columns.length);
  table.onclick = (event) => {
    const cell = event.target.closest("[data-cell]");
    if (!cell) return;
    root.dataset.clicked = "yes";
    setTriggerValue("cell", cell.dataset.cell);
  };
  if (focused) root.querySelector(`[data-cell="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  if (root.dataset.clicked) {
    delete root.dataset.clicked;
    if (data.chosen.some(Boolean)) setTimeout(showDetail, 300);
  }
};
})();
