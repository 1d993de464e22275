// The player: draws a pack of slides (dialogue/present/pack.py) on the server, in a frame of another site and offline.
// A classic script without a request of its own, so that it also runs from a folder on a disk.
(() => {
  "use strict";
  const STAGE = { width: 1280, height: 720 };
  const SMALLEST = 12; // of letters on the stage: 18 on a screen of 1920
  const KEPT = 6; // figures further away than this give their memory back
  const HIDE = 2000; // milliseconds until the pointer is hidden
  const root = document.documentElement.dataset;
  const large = root.player === "large"; // over the page of the view
  const framed = large || root.player === "embed";
  const asked = new URLSearchParams(location.search);
  const NEW = "new"; // in the link of whoever may open a room, with the key of the presenters
  let room = root.room || asked.get("room") || "", key_ = asked.get("key") || "";
  const presenters = room === NEW ? key_ : "";
  const leads = root.player === "present" && room && key_ && location.protocol !== "file:";
  let pack, deck, notes, digits = "", began = Date.now(), shownSince = Date.now();

  const va = (window.va = window.va || {});
  va.deck = (given) => { pack = given; };

  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== "" && value !== null) node.setAttribute(name, value);
    node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  }

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  /* ---- one slide ---- */

  function build(slide) {
    const part = slide.part ? fill(pack.words.part, { n: slide.part[0], all: slide.part[1] }) : "";
    const kicker = [slide.kicker, part].filter(Boolean).join(" · ");
    const level = slide.kind === "cover" ? "h1" : "h2";
    const length = slide.title.length > 150 ? "longest" : slide.title.length > 95 ? "long" : "";
    const holders = slide.bodies.map((body) => make("div", { class: "drawn" }, body.title ? make("h3", {}, body.title) : null, make("div", { class: "holder" })));
    return make("section", { class: `slide ${slide.kind}`, "aria-label": slide.title },
      make("header", {}, kicker ? make("p", { class: "kicker" }, kicker) : null, make(level, { class: `title ${length}` }, slide.title)),
      make("div", { class: "body" }, ...holders),
      slide.message && slide.kind !== "cover" && slide.kind !== "section" && slide.kind !== "end" ? make("p", { class: "message" }, slide.message) : null,
      slide.how ? make("p", { class: "how" }, slide.how) : null,
      slide.foot.length ? make("footer", {}, ...slide.foot.map((line) => make("p", {}, line))) : null);
  }

  function cards(rows) {
    return make("ul", { class: `cards n${rows.length}` }, ...rows.map(([number, counts, when, publisher]) => make("li", {},
      make("p", { class: "number" }, number), make("p", { class: "counts" }, counts), make("p", { class: "when" }, [when, publisher].filter(Boolean).join(" · ")))));
  }

  function figure(holder, body, slide) {
    const box = { width: holder.clientWidth, height: holder.clientHeight };
    const layout = JSON.parse(JSON.stringify(body.figure.layout || {}));
    // What stands in the bottom edge of the page's figure stands in the footer of the slide.
    const lines = layout.title && layout.title.text ? layout.title.text.split("<br>").length : 0;
    delete layout.title;
    layout.margin = { ...(layout.margin || {}) };
    if (lines && layout.margin.b) layout.margin.b = Math.max(8, layout.margin.b - 18 * lines - 14 + 8);
    Object.assign(layout, box, { autosize: false });
    holder.setAttribute("role", "img");
    holder.setAttribute("aria-label", slide.alt || slide.title);
    const options = { displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: false, topojsonURL: root.topo, ...(body.config || {}) };
    return Plotly.newPlot(holder, body.figure.data, layout, options);
  }

  function table(holder, drawing) {
    const shadow = holder.shadowRoot || holder.attachShadow({ mode: "open" });
    const sheets = [root.tables, root.sheet].map((href) => make("link", { rel: "stylesheet", href }));
    shadow.replaceChildren(...sheets, make("div", { class: "crosstable" }));
    va.crosstable({ data: drawing, parentElement: shadow, setTriggerValue() {} });
    return sheets.map((sheet) => new Promise((come) => { sheet.onload = sheet.onerror = come; }));
  }

  /* What is higher than its place is pressed together, as far as its smallest letters may shrink; then it scrolls. */
  function fit(holder) {
    const drawn = (holder.shadowRoot || holder).lastElementChild;
    const high = () => holder.scrollHeight > holder.clientHeight + 1;
    if (!drawn || holder.classList.contains("js-plotly-plot") || !high()) return;
    const texts = [...drawn.querySelectorAll("*")].filter((node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()));
    const least = SMALLEST / Math.min(...texts.map((node) => parseFloat(getComputedStyle(node).fontSize)));
    for (let zoom = 0.98; zoom >= least && high(); zoom -= 0.02) drawn.style.zoom = zoom;
    if (high()) Object.assign(holder, { tabIndex: 0 }).style.overflowY = "auto";
  }

  /* Do what needs sizes: a slide that is not seen has none. */
  function sized(section, run) {
    const shown = section.style.display;
    section.style.display = "flex";
    section.style.visibility = section.classList.contains("present") ? "" : "hidden";
    run();
    section.style.display = shown;
    section.style.visibility = "";
  }

  function draw(index) {
    const slide = pack.slides[index], section = deck.getSlides()[index];
    if (!slide || !section || section.dataset.drawn) return;
    section.dataset.drawn = "yes";
    const holders = [...section.querySelectorAll(".holder")], coming = [];
    sized(section, () => holders.forEach((holder, i) => {
      const body = slide.bodies[i];
      if (body.figure) figure(holder, body, slide);
      else if (body.drawing) coming.push(...table(holder, body.drawing));
      else if (body.cards) holder.append(cards(body.cards));
      else if (body.html) holder.innerHTML = body.html;
    }));
    // once the style sheets of the tables are there
    Promise.all(coming).then(() => sized(section, () => { holders.forEach(fit); section.dataset.fits = "yes"; }));
  }

  function release(index) {
    const section = deck.getSlides()[index];
    if (!section || !section.dataset.drawn) return;
    section.querySelectorAll(".js-plotly-plot").forEach((plot) => { Plotly.purge(plot); plot.replaceChildren(); });
    if (section.querySelector(".holder.js-plotly-plot")) delete section.dataset.drawn;
  }

  const here = () => deck.getIndices().h;

  function arrive() {
    const index = here();
    draw(index);
    shownSince = Date.now();
    setTimeout(() => { draw(index + 1); pack.slides.forEach((_slide, i) => { if (Math.abs(i - index) > KEPT) release(i); }); }, 60);
    document.title = `${pack.slides[index].title} · ${pack.title}`;
    say(fill(pack.words.slide, { n: index + 1, all: pack.slides.length }) + ". " + pack.slides[index].title);
    const count = document.querySelector(".count");
    if (count) count.textContent = `${index + 1} / ${pack.slides.length}`;
    // where we are stands in the address at once: a reload or a lid that was closed comes back to it
    if (!framed) history.replaceState(null, "", `#/${index + 1}`);
    tell();
    lead(index);
    document.dispatchEvent(new CustomEvent("va:slide", { detail: index }));
  }

  function say(text) {
    const told = document.querySelector(".told");
    if (told) told.textContent = text;
  }

  /* ---- moving ---- */

  const go = (index) => deck.slide(Math.max(0, Math.min(pack.slides.length - 1, index)));
  const step = (by) => {
    if (document.body.classList.contains("black")) black(false);
    go(here() + by);
  };

  function black(on = !document.body.classList.contains("black")) {
    document.body.classList.toggle("black", on);
    say(on ? pack.words.black : pack.slides[here()].title);
  }

  function help(on) {
    const box = document.querySelector(".help");
    box.hidden = on === undefined ? !box.hidden : !on;
  }

  function fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }

  function live() {
    const page = pack.slides[here()].live;
    const base = root.live || pack.site;
    if (page !== undefined && base !== undefined) location.assign(base + page);
  }

  // What clickers send: Logitech Page Up/Down, F5 and Escape in turn, “.”; Kensington “b” and F5; cheap ones arrows.
  const KEYS = {
    PageDown: () => step(1), ArrowRight: () => step(1), ArrowDown: () => step(1), Enter: () => step(1), n: () => step(1),
    PageUp: () => step(-1), ArrowLeft: () => step(-1), ArrowUp: () => step(-1), Backspace: () => step(-1), p: () => step(-1),
    Home: () => go(0), End: () => go(Infinity), b: () => black(), ".": () => black(), F5: () => {},
    Escape: () => { if (large) parent.postMessage("va:close", location.origin); if (deck.isOverview()) deck.toggleOverview(false); help(false); },
    r: () => leads && phones(), s: () => openNotes(), f: fullScreen, g: () => deck.toggleOverview(), l: live, "?": () => help(),
  };

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    if (/^[0-9]$/.test(event.key)) { digits = (digits + event.key).slice(-3); say(fill(pack.words.goto, { n: digits })); return; }
    if (event.key === "Enter" && digits) { go(Number(digits) - 1); digits = ""; event.preventDefault(); return; }
    if (event.key === "Enter" && event.target.closest("a, button")) return;
    digits = "";
    if (large && /^[slgr?]$/i.test(event.key)) return;
    const run = event.key === " " ? () => step(event.shiftKey ? -1 : 1) : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!run) return;
    event.preventDefault();
    run();
  }

  /* ---- the audience ---- */

  const rooms = () => `${root.live}follow/${room}`;

  /* Tell the room which slide is shown, if we hold its key. */
  function lead(index) {
    if (leads && key_ && room !== NEW) ask(`${rooms()}/slide`, { key: key_, slide: index }).then((said) => count(said.followers)).catch(() => {});
  }

  const ask = async (address, body) => {
    const answer = await fetch(address, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };

  function count(followers) {
    const told = document.querySelector(".followers");
    if (told) told.textContent = fill(pack.words.followers, { n: followers });
  }

  /* Open a room for the phones of this audience, show where they find it, or hide that again. */
  async function phones() {
    let box = document.querySelector(".phones");
    if (box) { box.hidden = !box.hidden; return; }
    try {
      const opened = { room, key: key_, address: new URL(rooms(), location.href).href, code: "" };
      if (room === NEW) {
        const query = new URLSearchParams([...asked].filter(([name]) => name !== "room" && name !== "key"));
        const deck_ = [location.pathname.split("/").pop(), query.toString()].filter(Boolean).join("?");
        Object.assign(opened, await ask(`${root.live}follow`, { key: presenters, deck: deck_ }));
        room = opened.room;
        key_ = opened.key;
        asked.set("room", room);
        asked.set("key", key_);
        // this address is the key: whoever has it leads the room
        history.replaceState(null, "", `?${asked}${location.hash}`);
      }
      const picture = make("div", { class: "code" });
      picture.innerHTML = opened.code;
      box = make("section", { class: "phones", role: "dialog", "aria-label": pack.words.room },
        make("p", {}, pack.words.opened), make("p", { class: "address" }, opened.address.replace(/^https?:\/\//, "")), opened.code ? picture : null,
        make("p", { class: "followers", role: "status" }), button(pack.words.close, pack.words.close, () => {
          ask(`${rooms()}/slide`, { key: key_, end: true }).catch(() => {});
          // the next one takes the key of the presenters, which a reload in between has forgotten
          room = NEW;
          key_ = presenters;
          asked.set("room", NEW);
          asked.set("key", presenters);
          history.replaceState(null, "", `?${asked}${location.hash}`);
          box.remove();
        }));
      document.body.append(box);
      lead(here());
    } catch {
      warn(pack.words.noroom);
    }
  }

  /* Show what the presenter shows. */
  function follow() {
    const events = new EventSource(`${rooms()}/events`);
    events.onmessage = (event) => {
      const said = JSON.parse(event.data);
      if (said.ended) { events.close(); warn(pack.words.ended, true); return; }
      go(said.slide);
    };
  }

  /* ---- the window with the notes ---- */

  function openNotes() {
    notes = window.open(root.notes, "va-notes", "width=900,height=640");
    if (!notes) warn(pack.words.blocked);
  }

  function tell() {
    if (!notes || notes.closed) return;
    const index = here(), slide = pack.slides[index], next = pack.slides[index + 1];
    // from a file the origin is “null”: what counts is that it is the window we opened
    notes.postMessage({
      va: "slide", index, all: pack.slides.length, title: slide.title, message: slide.message, note: slide.note || "", seconds: slide.seconds,
      next: next ? next.title : pack.words.end, began, since: shownSince, words: pack.words, language: pack.language,
    }, location.protocol === "file:" ? "*" : location.origin);
  }

  addEventListener("message", (event) => {
    if (!notes || event.source !== notes || !event.data || !event.data.va) return;
    if (event.data.va === "ready") tell();
    if (event.data.va === "step") step(event.data.by);
    if (event.data.va === "black") black();
    if (event.data.va === "restart") { began = shownSince = Date.now(); tell(); }
  });

  /* ---- a screen that stays awake, a pointer out of the way ---- */

  function warn(text, stays) {
    const box = document.querySelector(".warning");
    box.textContent = text;
    box.hidden = !text;
    if (!stays) setTimeout(() => { box.hidden = true; }, 8000);
  }

  let lock;
  async function awake() {
    if (lock && !lock.released) return;
    try {
      lock = await navigator.wakeLock.request("screen");
    } catch {
      if (!awake.told) warn(pack.words.awake);
      awake.told = true;
    }
  }

  let resting;
  function pointer() {
    document.body.classList.remove("resting");
    clearTimeout(resting);
    resting = setTimeout(() => document.body.classList.add("resting"), HIDE);
  }

  /* ---- start ---- */

  function button(name, words, run) {
    const node = make("button", { type: "button", "aria-label": words, title: words }, name);
    node.onclick = run;
    return node;
  }

  async function start() {
    if (!pack) {
      document.body.append(make("p", { class: "trouble", role: "alert" }, root.trouble || "This deck could not be read."));
      return;
    }
    const slides = document.querySelector(".slides");
    slides.append(...pack.slides.map(build));
    document.body.append(make("p", { class: "told", "aria-live": "polite" }), make("p", { class: "warning", role: "status", hidden: "hidden" }));
    deck = new Reveal(document.querySelector(".reveal"), {
      ...STAGE, margin: 0, minScale: 0.1, maxScale: 6, center: false, hash: false, history: false, respondToHashChanges: false, embedded: framed,
      keyboard: false, touch: root.player !== "embed", controls: false, progress: false, slideNumber: false, transition: "none", backgroundTransition: "none",
      viewDistance: 2, display: "flex", overview: true, help: false, autoAnimate: false, scrollActivationWidth: null, disableLayout: false,
    });
    if (!framed || pack.slides.length > 1) {
      document.body.append(make("nav", { class: "bar", "aria-label": pack.words.keys },
        button("‹", pack.words.back, () => step(-1)), make("span", { class: "count" }), button("›", pack.words.forward, () => step(1)),
        leads ? button("▣", pack.words.room, phones) : null, framed ? null : button("?", pack.words.keys, () => help())));
    }
    document.body.append(make("p", { class: "turn" }, pack.words.turn), make("pre", { class: "help", hidden: "hidden" }, pack.words.help));
    await deck.initialize();
    const start = Number((location.hash.match(/^#\/(\d+)$/) || [])[1] || 1);
    if (!framed) deck.slide(Math.min(start, pack.slides.length) - 1);
    await document.fonts?.ready;
    deck.on("slidechanged", arrive);
    arrive();
    document.documentElement.dataset.ready = "yes";
    if (large) {
      addEventListener("keydown", key);
      parent.postMessage("va:ready", location.origin);
    }
    if (framed) return;
    if (root.player === "follow") { follow(); awake(); return; }
    addEventListener("keydown", key);
    addEventListener("hashchange", () => { const to = Number((location.hash.match(/^#\/(\d+)$/) || [])[1]); if (to) go(to - 1); });
    addEventListener("pointermove", pointer);
    pointer();
    awake();
    document.addEventListener("visibilitychange", () => { if (!document.hidden) { awake(); tell(); } });
  }

  addEventListener("DOMContentLoaded", start);
  va.player = { step, go, get deck() { return deck; }, get pack() { return pack; } };
})();
