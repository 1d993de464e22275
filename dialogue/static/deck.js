// The page “My deck”: the slides that this browser keeps, to put in order, with notes and times. The server is told the
// deck at every change, says what each slide shows and how its link reads, and forgets it.

const seconds = (row) => Number(row[6]) || 0;
const full = (row) => Object.assign(Array(7).fill(""), row);

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node[name] = value;
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const trimmed = (row) => {
  const cells = full(row);
  cells[6] = seconds(cells);
  while (cells.length && !cells[cells.length - 1]) cells.pop();
  return cells;
};

export function draw({ data, parentElement, setStateValue, setTriggerValue }, store) {
  const root = parentElement.querySelector(".deck"), { says } = data;
  const memory = (root.memory ||= { drawn: "", taken: "" });
  let deck = store.kept();

  const told = () => (data.told && data.told.of === JSON.stringify(deck) ? data.told : null);
  const say = (text) => { root.querySelector(".said").textContent = text; };

  function change(next, text = "") {
    deck = next;
    const kept = store.keep(deck);
    paint();
    say(kept ? text : says.closed);
    setStateValue("deck", JSON.stringify(deck));
  }

  function move(at, by) {
    const rows = [...deck[1]], [row] = rows.splice(at, 1);
    rows.splice(at + by, 0, row);
    change([deck[0], rows], fill(says.moved, { n: at + by + 1, all: rows.length }));
    const buttons = root.querySelectorAll("li")[at + by].querySelectorAll("button");
    (by < 0 && at + by === 0 ? buttons[1] : by > 0 && at + by === rows.length - 1 ? buttons[0] : buttons[by < 0 ? 0 : 1]).focus();
  }

  function remove(at) {
    change([deck[0], deck[1].filter((_row, i) => i !== at)], fill(says.removed, { n: at + 1 }));
    (root.querySelectorAll("li")[Math.min(at, deck[1].length - 1)]?.querySelector("button") || root.querySelector("input")).focus();
  }

  function set(at, cell, value) {
    const rows = deck[1].map(full);
    rows[at][cell] = value;
    change([deck[0], rows.map(trimmed)]);
  }

  function save() {
    const file = new Blob([told().file], { type: "application/json" });
    const link = make("a", { href: URL.createObjectURL(file), download: `${(deck[0] || "my-deck").replace(/[^\w-]+/g, "-").slice(0, 40)}.deck.json` });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  async function read(file) {
    if (file) setTriggerValue("file", `${Date.now()} ${(await file.slice(0, 300000).text())}`);
  }

  async function copy() {
    const field = root.querySelector(".link"), link = address();
    try {
      await navigator.clipboard.writeText(link);
      say(says.copied);
    } catch {
      field.hidden = false;
      field.focus();
      field.select();
    }
  }

  const address = () => new URL(`my-deck?deck=${root.querySelector(".bare").checked ? told().bare : told().word}`, document.baseURI).href;

  /* One slide of the list. */
  function slide(row, at) {
    const name = fill(says.slide, { n: at + 1 }), last = deck[1].length - 1;
    const cells = full(row);
    return make("li", { "aria-label": name },
      make("div", { class: "what" }, make("p", { class: "title" }), make("p", { class: "kicker" })),
      make("div", { class: "order" },
        make("button", { type: "button", "aria-label": fill(says.earlier, { n: at + 1 }), disabled: at === 0, onclick: () => move(at, -1) }, "↑"),
        make("button", { type: "button", "aria-label": fill(says.later, { n: at + 1 }), disabled: at === last, onclick: () => move(at, 1) }, "↓"),
        make("button", { type: "button", "aria-label": fill(says.remove, { n: at + 1 }), onclick: () => remove(at) }, "✕")),
      make("label", { class: "note" }, says.note, make("textarea", { rows: 2, maxlength: 2000, onchange: (event) => set(at, 5, event.target.value) }, cells[5])),
      make("label", { class: "time" }, says.seconds, make("input", { type: "number", min: 0, max: 3600, step: 15, value: seconds(cells) || "", onchange: (event) => set(at, 6, Math.max(0, Math.min(3600, Math.round(Number(event.target.value)) || 0))) })));
  }

  /* The list anew only where slides came, went or moved, so that nobody loses the box they type in. */
  function paint() {
    const shape = JSON.stringify([deck[1].map((row) => full(row).slice(0, 3)), says.slide]);
    if (memory.drawn !== shape) {
      memory.drawn = shape;
      root.querySelector("ol").replaceChildren(...deck[1].map(slide));
      const title = root.querySelector(".name");
      title.value = deck[0];
      title.onchange = () => change([title.value.slice(0, 200), deck[1]]);
    }
    const known = told();
    root.querySelectorAll("li").forEach((line, at) => {
      const [title, kicker, trouble] = known?.rows[at] || [deck[1][at][3] || deck[1][at][1] || deck[1][at][0], "", ""];
      line.querySelector(".title").textContent = title;
      line.querySelector(".kicker").textContent = trouble || kicker;
      line.classList.toggle("wrong", Boolean(trouble));
    });
    const ready = Boolean(known && deck[1].length);
    root.querySelector(".empty").hidden = deck[1].length > 0;
    for (const part of [".acts", ".sum"]) root.querySelector(part).hidden = !deck[1].length;
    root.querySelectorAll(".acts button").forEach((button) => { button.disabled = !ready; });
    for (const [kind, where, more] of [
      ["present", "present/mine", ""], ["room", "present/mine", `&room=new&key=${encodeURIComponent(data.key)}`], ["slides", "data/deck/mine.pptx", ""],
    ]) {
      const link = root.querySelector(`.${kind}.button`);
      link.hidden = kind === "room" && !data.key;
      if (ready) link.href = new URL(`${where}?deck=${known.word}${more}`, document.baseURI);
      else link.removeAttribute("href");
    }
    const whole = deck[1].reduce((sum, row) => sum + seconds(full(row)), 0);
    root.querySelector(".sum").textContent = fill(whole ? says.sum : says.count, { n: deck[1].length, minutes: Math.round(whole / 6) / 10 });
    const field = root.querySelector(".link");
    if (ready) field.value = address();
    root.querySelector(".long").hidden = !(ready && address().length > 2000);
    root.querySelector(".long").textContent = ready ? fill(says.long, { n: address().length }) : "";
  }

  /* A deck that came by link or file. An own deck is never thrown away unasked. */
  function arrive() {
    const box = root.querySelector(".offer"), { offer } = data;
    box.replaceChildren();
    if (!offer || memory.taken === offer.id) return;
    const take = (rows) => { memory.taken = offer.id; change([offer.deck[0] || deck[0], rows], fill(says.taken, { n: offer.deck[1].length })); box.replaceChildren(); };
    const same = JSON.stringify(deck) === JSON.stringify(offer.deck);
    if (same) memory.taken = offer.id;
    else if (!deck[1].length) take(offer.deck[1]);
    else {
      box.append(make("p", {}, fill(says.offer, { n: offer.deck[1].length, own: deck[1].length })),
        make("button", { type: "button", onclick: () => take(offer.deck[1]) }, says.replace),
        make("button", { type: "button", onclick: () => take([...deck[1], ...offer.deck[1]].slice(0, data.most)) }, says.append),
        make("button", { type: "button", onclick: () => { memory.taken = offer.id; box.replaceChildren(); } }, says.leave));
    }
  }

  for (const [place, text] of Object.entries(data.words)) root.querySelector(`[data-word="${place}"]`).textContent = text;
  root.querySelector(".trouble").textContent = data.trouble;
  root.querySelector(".trouble").hidden = !data.trouble;
  root.querySelector(".save").onclick = save;
  root.querySelector(".copy").onclick = copy;
  root.querySelector(".bare").onchange = () => paint();
  root.querySelector(".open").onchange = (event) => { read(event.target.files[0]); event.target.value = ""; };
  root.ondragover = (event) => event.preventDefault();
  root.ondrop = (event) => { event.preventDefault(); read(event.dataTransfer.files[0]); };
  root.querySelector(".clear").onclick = () => change([deck[0], []], says.cleared);
  paint();
  arrive();
  if (!told()) setStateValue("deck", JSON.stringify(deck));
  // another window of this browser has changed the deck
  const elsewhere = () => { deck = store.kept(); memory.drawn = ""; paint(); setStateValue("deck", JSON.stringify(deck)); };
  addEventListener("storage", elsewhere);
  return () => removeEventListener("storage", elsewhere);
}
