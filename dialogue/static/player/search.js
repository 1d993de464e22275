// Search in the offline edition: every word has to begin a word of an entry.
(() => {
  "use strict";
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const va = (window.va = window.va || {});
  va.search = (entries) => {
    const form = document.querySelector("form.search"), list = form.querySelector("ul");
    const known = entries.map(([title, address, about]) => ({ title, address, about, words: plain(`${title} ${about}`).split(/[^\p{L}\p{N}]+/u) }));
    const run = () => {
      const asked = plain(form.q.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
      const found = asked.length ? known.filter((entry) => asked.every((word) => entry.words.some((each) => each.startsWith(word)))).slice(0, 30) : [];
      list.replaceChildren(...found.map((entry) => {
        const item = document.createElement("li"), link = document.createElement("a");
        link.href = entry.address;
        link.textContent = entry.title;
        item.append(link, entry.about ? ` (${entry.about})` : "");
        return item;
      }));
    };
    form.addEventListener("input", run);
    form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
  };
})();
