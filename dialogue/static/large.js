// A view of the page as a slide over the whole window, and the deck that a reader gathers. The deck is kept in
// the browser alone: its title and its slides, each a row as in the link of a deck (dialogue/present/decks.py).

const KEPT = "va-deck";
const MOST = 60;

/* Show a view over the page. Escape or the button closes it, and the focus is back where it was. */
export function show(button, { address, says }) {
  const dialog = document.createElement("dialog"), frame = document.createElement("iframe"), close = document.createElement("button");
  dialog.className = "va-large";
  Object.assign(frame, { src: new URL(address, document.baseURI), title: button.textContent, allow: "fullscreen" });
  Object.assign(close, { type: "button", textContent: "✕", title: says.close, onclick: () => dialog.close() });
  close.setAttribute("aria-label", says.close);
  // a key pressed in the frame does not reach the page
  const told = (event) => {
    if (event.source === frame.contentWindow && event.origin === location.origin && event.data === "va:close") dialog.close();
    if (event.source === frame.contentWindow && event.data === "va:ready") frame.focus();
  };
  addEventListener("message", told);
  dialog.onclose = () => {
    removeEventListener("message", told);
    dialog.remove();
    button.focus();
  };
  dialog.append(frame, close);
  document.body.append(dialog);
  dialog.showModal();
}

/* The deck of this browser: [title, rows]. */
export function kept() {
  try {
    const [title, rows] = JSON.parse(localStorage.getItem(KEPT));
    if (Array.isArray(rows) && rows.every(Array.isArray)) return [String(title), rows];
  } catch { /* nothing there, or not ours */ }
  return ["", []];
}

/* Keep a deck; whether the browser does. */
export function keep(deck) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(deck));
    return true;
  } catch {
    return false;
  }
}

/* Add a view to the deck and say so beside the button. */
export function add(said, { item, says }) {
  const [title, rows] = kept();
  const there = rows.some((row) => [0, 1, 2].every((at) => (row[at] || "") === (item[at] || "")));
  const link = Object.assign(document.createElement("a"), { href: new URL("my-deck", document.baseURI), target: "_self" });
  if (!there && rows.length >= MOST) said.textContent = `${says.full} `;
  else if (there) said.textContent = `${says.there} `;
  else if (keep([title, [...rows, item]])) said.textContent = `${says.added} `;
  else return void (said.textContent = says.closed);
  link.textContent = `${says.mine} (${kept()[1].length})`;
  said.append(link);
}
