// Makes the picture of a figure or a table: drawn anew on a sheet of its own, then written as an SVG that needs
// nothing else. Each line of text has its own place and length, so that it fits where another font stands in:
// LibreOffice and its like know neither fonts that a file brings along nor lines within a text.

const SCALE = 1.25; // what fills a screen of ordinary width fills the sheet
const WIDTH = 1520; // of what is drawn: the sheet without its edges
const LINE = 'xml:space="preserve" lengthAdjust="spacingAndGlyphs"';

const escapeXml = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const round = (number) => Math.round(number * 100) / 100;
const address = (path) => new URL(path, document.baseURI);

/* One line of text as it is drawn; what wears a halo on screen gets one that every program draws. */
function line(text, x, y, length, style, anchor = "start", turn = "") {
  const look = `x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" textLength="${round(length)}" ${LINE} font-family="${escapeXml(style.fontFamily)}" ` +
    `font-size="${parseFloat(style.fontSize)}" font-weight="${style.fontWeight}"${style.fontStyle === "italic" ? ' font-style="italic"' : ""}${turn && ` transform="${turn}"`}`;
  const fill = style.fill && style.fill !== "none" && style.svg ? style.fill : style.color;
  const halo = /rgb\([^)]*\)/.exec(style.textShadow || "");
  const around = halo ? `<text ${look} fill="none" stroke="${halo[0]}" stroke-width="4" stroke-linejoin="round" aria-hidden="true">${escapeXml(text)}</text>` : "";
  return `${around}<text ${look} fill="${fill}">${escapeXml(text)}</text>`;
}

/* The lines of a text in HTML, each with its left edge, middle and width. */
function* lines(node) {
  const range = document.createRange();
  let text = "", left, right, top, middle, at = 0;
  for (const sign of node.data) {
    range.setStart(node, at);
    range.setEnd(node, (at += sign.length));
    if (!text && !sign.trim()) continue;
    const box = range.getBoundingClientRect();
    if (text && box.width && box.top - top > 2) {
      yield [text.trimEnd(), left, middle, right - left];
      text = "";
      if (!sign.trim()) continue;
    }
    if (!text && box.width) [left, right, top, middle] = [box.left, box.right, box.top, box.top + box.height / 2];
    if (box.width) {
      left = Math.min(left, box.left);
      if (sign.trim()) right = Math.max(right, box.right);
    }
    // an accent of its own has no width
    if (box.width || (text && sign.trim())) text += sign;
  }
  if (text) yield [text.trimEnd(), left, middle, right - left];
}

/* The lines of a text in SVG. */
function flat(text) {
  if (!text.getNumberOfChars() || Number(getComputedStyle(text).opacity) === 0) return "";
  const pieces = [], nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const words = node.data, count = words.length;
    if (words.trim()) {
      const style = getComputedStyle(node.parentElement), place = text.getStartPositionOfChar(at), length = text.getSubStringLength(at, count);
      pieces.push({ words, x: place.x, y: place.y, length, anchor: style.textAnchor, style: {
        svg: true, fill: style.fill, fontFamily: style.fontFamily, fontSize: style.fontSize, fontWeight: style.fontWeight, fontStyle: style.fontStyle, textShadow: style.textShadow } });
    }
    at += count;
  }
  return pieces.map((piece) => {
    // alone on its line it keeps its anchor, so that another font grows to where there is room
    const alone = pieces.every((other) => other === piece || Math.abs(other.y - piece.y) > 2);
    const anchor = alone ? piece.anchor : "start";
    const x = piece.x + piece.length * ({ middle: 0.5, end: 1 }[anchor] || 0);
    return line(piece.words, x, piece.y, piece.length, piece.style, anchor, text.getAttribute("transform") || "");
  }).join("");
}

/* A drawing of Plotly with its texts taken apart. */
function drawn(svg) {
  const copy = svg.cloneNode(true), texts = [...copy.querySelectorAll("text")], found = new Map();
  [...svg.querySelectorAll("text")].forEach((text, at) => {
    const place = document.createTextNode(`\u0001${at}\u0001`);
    found.set(String(at), flat(text));
    texts[at].replaceWith(place);
  });
  const write = new XMLSerializer();
  return [...copy.childNodes].map((node) => write.serializeToString(node)).join("")
    .replace(/url\((?:&quot;|')([^)]*?)(?:&quot;|')\)/g, "url($1)")
    .replace(/\u0001(\d+)\u0001/g, (_, at) => found.get(at));
}

/* Background and borders of an element; all four borders alike are a frame. */
function* boxes(box, style, [x, y]) {
  const at = `x="${round(x)}" y="${round(y)}" width="${round(box.width)}" height="${round(box.height)}"`;
  const fill = style.backgroundImage === "none" ? style.backgroundColor : "url(#hatch)";
  if (fill !== "rgba(0, 0, 0, 0)") yield `<rect ${at} fill="${fill}"/>`;
  const width = (side) => parseFloat(style[`border${side}Width`]);
  const dashes = { dashed: "4 2.5", dotted: "1.5 2" }[style.borderTopStyle] || "none";
  if (width("Top") && width("Left")) yield `<rect ${at} rx="3" fill="none" stroke="${style.borderTopColor}" stroke-width="${width("Top")}" stroke-dasharray="${dashes}"/>`;
  else if (width("Bottom")) yield `<path d="M${round(x)} ${round(y + box.height)}h${round(box.width)}" stroke="${style.borderBottomColor}" stroke-width="${width("Bottom")}"/>`;
  else if (width("Top")) yield `<path d="M${round(x)} ${round(y)}h${round(box.width)}" stroke="${style.borderTopColor}" stroke-width="${width("Top")}"/>`;
}

/* The inside of an SVG that shows a sheet. */
function written(sheet) {
  const { left, top } = sheet.getBoundingClientRect(), parts = [];
  const nodes = document.createTreeWalker(sheet, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node.nodeType === 1 && (node.matches(".hidden") || node.parentElement.closest("svg")) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  for (let node = sheet; node; node = nodes.nextNode()) {
    const element = node.nodeType === 1 ? node : node.parentElement, style = getComputedStyle(element);
    if (node.nodeType === 3) {
      if (element.closest("svg")) continue;
      for (const [text, x, y, length] of lines(node)) parts.push(line(text, x - left, y - top + parseFloat(style.fontSize) * 0.33, length, style));
      continue;
    }
    const box = node.getBoundingClientRect(), corner = [round(box.left - left), round(box.top - top)];
    if (!box.width) continue;
    if (node.matches("svg.figure")) parts.push(`<g transform="translate(${corner}) scale(${SCALE})">${drawn(node)}</g>`);
    else if (node.matches("svg")) parts.push(`<g transform="translate(${corner}) scale(${box.width / 16})">${node.innerHTML}</g>`);
    else parts.push(...boxes(box, style, corner));
  }
  return parts.join("");
}

/* Whether a text has a letter of a CSS unicode-range. */
function needs(text, ranges) {
  const within = ranges.split(",").map((range) => range.trim().slice(2).split("-").map((code) => parseInt(code, 16)));
  return [...new Set(text)].some((sign) => within.some(([from, to = from]) => sign.codePointAt(0) >= from && sign.codePointAt(0) <= to));
}

/* The fonts that the letters of a text need, for programs that know fonts of a file. */
async function faces(fonts, text) {
  const found = [];
  for (const [family, url, ranges] of fonts) {
    if (!needs(text, ranges)) continue;
    try {
      const file = await (await fetch(address(url))).blob();
      const content = await new Promise((done) => {
        const reader = new FileReader();
        reader.onload = () => done(reader.result);
        reader.readAsDataURL(file);
      });
      found.push(`@font-face{font-family:'${family}';font-weight:200 900;unicode-range:${ranges};src:url(${content})}`);
    } catch { /* the reader's own font stands in, at the length written */ }
  }
  return found.join("");
}

async function figure(given, height) {
  // a little less room than on screen does no harm; what is much higher, such as a list of States, has its height
  const free = height / SCALE, own = given.layout.height || 0;
  const size = { width: Math.round(WIDTH / SCALE), height: Math.round(own > 1.3 * free ? own : free) };
  const layout = { ...given.layout, ...size, autosize: false };
  const config = { topojsonURL: "app/static/topo/", staticPlot: true };
  const text = await window.Plotly.toImage({ data: given.data, layout, config }, { ...size, format: "svg", imageDataOnly: true });
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  svg.setAttribute("class", "figure");
  svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
  svg.setAttribute("width", WIDTH);
  svg.setAttribute("height", size.height * SCALE);
  svg.style.display = "block";
  return document.importNode(svg, true);
}

const part = (name, text, kind = "p") => Object.assign(document.createElement(kind), { className: name, textContent: text });

/* The whole picture as SVG, with its size. */
async function picture(wanted) {
  const host = document.body.appendChild(document.createElement("div"));
  const root = host.attachShadow({ mode: "open" }), sheet = part("sheet", "", "div"), body = part("body", "", "div"), below = part("below", "", "div");
  try {
    for (const [name, colour] of Object.entries(wanted.colours)) host.style.setProperty(`--va-${name}`, colour);
    await Promise.all(["crosstable.css", "picture.css"].map((name) => new Promise((done) => {
      const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address(wanted.scripts[name]), onload: done, onerror: done });
      root.append(link);
    })));
    const here = wanted.address === true ? location.href : wanted.address;
    const lines = here ? [...wanted.lines, here.replace(/^https?:\/\//, "")] : wanted.lines;
    below.append(...lines.map((text) => part("", text)));
    sheet.append(part("over", wanted.kicker), part("title", wanted.title), body, below);
    root.append(sheet);
    if (wanted.drawing) {
      await import(address(wanted.scripts["crosstable.js"]));
      const table = part("crosstable", "", "div");
      table.style.setProperty("--hatch", wanted.drawing.hatch);
      table.append(...window.va.signs({ ...wanted.drawing, chosen: ["", ""], pick: false }));
      body.append(table);
    }
    await Promise.all(["400 16px", "600 16px", "700 16px"].flatMap((font) => ["Source Sans 3", "Source Serif 4"].map((family) => document.fonts.load(`${font} '${family}'`, sheet.textContent))));
    if (wanted.figure) body.append(await figure(wanted.figure, body.getBoundingClientRect().height));
    await document.fonts.ready;
    sheet.style.height = `${Math.ceil(sheet.getBoundingClientRect().height)}px`; // a whole number of pixels
    const { width, height } = sheet.getBoundingClientRect();
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
      `<title>${escapeXml(wanted.title)}</title><style>${await faces(wanted.fonts, sheet.textContent)}</style>` +
      `<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" stroke="${wanted.drawing?.hatch || ""}" stroke-width="1.6"/></pattern></defs>${written(sheet)}</svg>`;
    return { svg, width, height };
  } finally {
    host.remove();
  }
}

/* The SVG as PNG. */
async function drawnAsPixels(svg, width, height) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  // some phones draw no canvas of more than 16 million pixels
  const scale = Math.min(2, Math.sqrt(16e6 / (width * height)));
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.floor(width * scale), height: Math.floor(height * scale) });
  const draw = async () => {
    const context = canvas.getContext("2d");
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  };
  // The fonts within an image come after it, and nothing tells when: until they are there letters are missing.
  let file = await draw();
  for (let same = 0, tries = 0; same < 3 && tries < 30; tries += 1) {
    await new Promise((done) => setTimeout(done, 150));
    const next = await draw();
    same = next.size === file.size ? same + 1 : 0;
    file = next;
  }
  return file;
}

/* The picture as a file, png or svg. */
export async function made(wanted) {
  const { svg, width, height } = await picture(wanted);
  return wanted.kind === "png" ? drawnAsPixels(svg, width, height) : new Blob([svg], { type: "image/svg+xml" });
}

export async function save(wanted) {
  const file = await made(wanted);
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: `${wanted.file}.${wanted.kind}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
