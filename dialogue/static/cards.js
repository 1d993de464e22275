// On a phone the rows of a table become cards, which name their columns; Streamlit's tables do not say them.
// And the menu says which page is open, not by its colour alone.

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

let waiting = 0;
new MutationObserver(() => { waiting ||= requestAnimationFrame(() => { waiting = 0; name(); }); }).observe(document.body, { childList: true, subtree: true });
name();
