// The speaker's own window: note, next title, clock, time left. Hears only the window that opened it.
(() => {
  "use strict";
  const at = (name) => document.getElementById(name);
  let told;

  const clock = (milliseconds) => {
    const seconds = Math.max(0, Math.round(milliseconds / 1000));
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };

  function tick() {
    at("clock").textContent = new Date().toLocaleTimeString(told ? told.language : undefined, { hour: "2-digit", minute: "2-digit", hour12: false });
    if (!told) return;
    const used = Date.now() - told.since, left = told.seconds * 1000 - used;
    const parts = [`${told.words.elapsed} ${clock(Date.now() - told.began)}`];
    if (told.seconds) parts.push(`${told.words.left} ${left < 0 ? "−" : ""}${clock(Math.abs(left))}`);
    at("times").textContent = parts.join(" · ");
    at("times").className = told.seconds && left < 0 ? "over" : "";
  }

  addEventListener("message", (event) => {
    if (event.source !== window.opener || !event.data || event.data.va !== "slide") return;
    told = event.data;
    document.documentElement.lang = told.language;
    document.title = told.words.notes;
    at("count").textContent = `${told.index + 1} / ${told.all}`;
    at("title").textContent = told.title;
    at("message").textContent = told.message;
    at("note").textContent = told.note || told.words.none;
    at("nextword").textContent = `${told.words.next}:`;
    at("next").textContent = told.next;
    tick();
  });
  addEventListener("keydown", (event) => {
    const by = { PageDown: 1, ArrowRight: 1, ArrowDown: 1, " ": 1, Enter: 1, n: 1, PageUp: -1, ArrowLeft: -1, ArrowUp: -1, Backspace: -1, p: -1 }[event.key];
    if (event.key === "F5") event.preventDefault();
    if (/^[b.]$/i.test(event.key)) window.opener?.postMessage({ va: "black" }, "*");
    if (!by || !window.opener) return;
    event.preventDefault();
    window.opener.postMessage({ va: "step", by }, "*");
  });
  setInterval(tick, 500);
  if (window.opener) window.opener.postMessage({ va: "ready" }, "*");
})();
