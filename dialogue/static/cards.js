// On a phone the rows of a table become cards, which name their columns; Streamlit's tables do not say them.
// Long pages get a list of contents there. And the menu says which page is open, not by its colour alone.

function name() {
  for (const table of document.querySelectorAll('[data-testid="stTable"] table')) {
    const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
    for (const row of table.querySelectorAll("tbody tr")) {
      [...row.children].forEach((cell, at) => { if (cell.dataset.name !== heads[at]) cell.dataset.name = heads[at] || ""; });
    }
  }
  for (const link of document.querySelectorAll('header a[href], [data-testid="stTopNavDropdownLink"] a[href], a[data-testid^="stTopNav"], a[data-testid^="stSidebarNav"]')) {
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

/* A long page says on a phone what stands on it, and leads there. */
function list() {
  const main = document.querySelector('[data-testid="stMain"]'), box = main?.querySelector(".va-contents ol");
  if (!box) return;
  const heads = innerWidth > 700 || main.scrollHeight < 3 * innerHeight ? [] : [...main.querySelectorAll("h2")].filter((head) => head.getClientRects().length);
  const told = heads.map((head) => head.textContent.trim());
  if (box.dataset.told === told.join("|")) return;
  box.dataset.told = told.join("|");
  box.replaceChildren(...(told.length < 2 ? [] : heads).map((head, at) => {
    const item = document.createElement("li"), go = document.createElement("button");
    Object.assign(go, { type: "button", textContent: told[at], onclick: () => {
      // the page may have been drawn anew since
      const now = [...main.querySelectorAll("h2")].find((each) => each.textContent.trim() === told[at]);
      now?.setAttribute("tabindex", "-1");
      now?.scrollIntoView({ block: "start" });
      now?.focus({ preventScroll: true });
    } });
    item.append(go);
    return item;
  }));
}

/* A text of the tables that has no translation yet says so, and is read aloud in English. */
function foreign() {
  const main = document.querySelector('[data-testid="stMain"]');
  if (!main || document.documentElement.lang === "en") return;
  const words = document.createTreeWalker(main, NodeFilter.SHOW_TEXT, (node) => /^\s*\u2066?\[EN\]/.test(node.data) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);
  while (words.nextNode()) words.currentNode.parentElement.lang = "en";
}

let waiting = 0;
new MutationObserver(() => { waiting ||= requestAnimationFrame(() => { waiting = 0; name(); list(); foreign(); }); }).observe(document.body, { childList: true, subtree: true });
name();
list();
foreign();
addEventListener("resize", list);
