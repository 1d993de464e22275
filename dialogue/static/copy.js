// Copies what is quoted of a view, and sees to it that a table copied from the page pastes as numbers.

const COPIES = ["sentence", "citation", "link"];
let group = ","; // between thousands, in the language of the page

/* Open the choice (“copy”), or put one of the copies on the clipboard and say so beside the button. */
export async function take(root, kind, copy) {
  const copies = root.querySelector(".copies"), said = root.querySelector(".said"), field = root.querySelector("textarea");
  if (!COPIES.includes(kind)) {
    copies.hidden = !copies.hidden;
    root.querySelector('[data-kind="copy"]').setAttribute("aria-expanded", String(!copies.hidden));
    field.hidden = true;
    said.textContent = "";
    return;
  }
  const text = kind === "link" ? new URL(copy.link || ".", document.baseURI).href : copy[kind];
  try {
    // absent on plain http, as on a meeting room's network
    await navigator.clipboard.writeText(text);
    said.textContent = copy.done[kind];
    field.hidden = true;
  } catch {
    said.textContent = copy.by_hand;
    field.setAttribute("aria-label", copy.by_hand);
    field.value = text;
    field.hidden = false;
    field.focus();
    field.select();
  }
}

/* Let tables of this page be copied without the signs between thousands. */
export function tables(sign) {
  group = sign;
  document.removeEventListener("copy", plain);
  document.addEventListener("copy", plain);
}

/* A cell as a spreadsheet takes it: a number without signs between thousands. “≥” stays: at least 1000 is not 1000. */
function cell(text) {
  const bare = text.replace(/[\u200e\u200f\u2066-\u2069]/g, "").replace(/\s+/g, (space) => (space === group ? space : " ")).trim();
  const digits = `[1-9]\\d{0,2}(?:${group}\\d{3})+`;
  return new RegExp(`^[-≥≤]?\\s?${digits}(?:\\D\\d+)?\\s?%?$`).test(bare) ? bare.replaceAll(group, (sign, at) => (/\d/.test(bare[at - 1]) && /\d{3}/.test(bare.slice(at + 1, at + 4)) ? "" : sign)) : bare;
}

/* What is selected, in the page or in a table that stands in a shadow of its own; the range that a shadow gives ends at its edge. */
function selected(event) {
  const root = event.composedPath()[0].getRootNode?.() ?? document;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = (root.getSelection ? root : document).getSelection() ?? {};
  const range = document.createRange();
  if (!anchorNode || !focusNode) return range;
  range.setStart(anchorNode, anchorOffset);
  range.setEnd(focusNode, focusOffset); // before the start: the range then begins and ends here
  if (range.collapsed) range.setEnd(anchorNode, anchorOffset);
  return range;
}

function plain(event) {
  const range = selected(event);
  if (range.collapsed) return;
  const common = range.commonAncestorContainer, within = common.nodeType === Node.ELEMENT_NODE ? common : common.parentElement;
  const letters = (text) => text.replace(/\s/g, "").length;
  const around = within ? [...within.querySelectorAll("table")].filter((each) => range.intersectsNode(each)) : [];
  const table = within?.closest("table") || (around.length === 1 && letters(range.toString()) <= letters(around[0].textContent) && around[0]);
  if (!table) return; // with words around it
  const rows = [...table.rows].map((row) => [...row.cells].filter((each) => each.getClientRects().length && range.intersectsNode(each))).filter((cells) => cells.length);
  if (rows.flat().length < 2) return; // a part of a cell: words
  const texts = rows.map((cells) => cells.map((each) => cell(each.innerText)));
  event.clipboardData.setData("text/plain", texts.map((line) => line.join("\t")).join("\n"));
  const copied = document.createElement("table");
  texts.forEach((line) => line.forEach((text, at) => (at ? copied.rows[copied.rows.length - 1] : copied.insertRow()).insertCell().append(text)));
  event.clipboardData.setData("text/html", copied.outerHTML);
  event.preventDefault();
}
