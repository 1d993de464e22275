// What the site adds in the browser, before Streamlit starts: the history of the views,
// links that keep the session, and what is said when the connection fails.
"use strict";
(() => {
  const said = JSON.parse(document.getElementById("va-words").textContent);

  // --- what is said at the foot of the window ---
  const notice = document.createElement("div");
  notice.id = "va-notice";
  notice.setAttribute("role", "status");
  let shown = "";
  const say = (kind, control) => {
    if (kind === shown) return;
    shown = kind;
    notice.replaceChildren(...(kind ? [said[kind]] : []), ...(kind && control ? [control] : []));
    notice.dataset.kind = kind;
  };
  document.body.append(notice);

  // --- inside a page of another site ---
  // A frame without an origin of its own may keep nothing: Streamlit cannot start there.
  const opener = document.createElement("a");
  Object.assign(opener, { href: location.href, target: "_blank", rel: "noopener", textContent: said.open });
  if (self.origin === "null") return say("framed", opener);
  try {
    if (top !== self) void top.location.href;
  } catch {
    document.documentElement.classList.add("va-framed");
  }

  // --- the address as it arrives ---
  // “&#38;” in a link: the browser takes what follows for a place within the page.
  if (/^#(0*38|x0*26);/i.test(location.hash)) {
    history.replaceState(null, "", location.pathname + location.search + location.hash.replace(/&?#(0*38|x0*26);/gi, "&").replace(/^&/, location.search ? "&" : "?"));
  }

  // --- the language ---
  // It rides in every address of the site, so that a new window opens in it; the menu of languages keeps what was chosen.
  const spoken = new URLSearchParams(location.search).get("lang");
  const speak = (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link?.href) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || to.protocol === "blob:") return;
    if (link.hreflang) {
      to.search = location.search;
      to.searchParams.set("lang", link.hreflang);
    } else if (spoken && !to.searchParams.has("lang")) to.searchParams.set("lang", spoken);
    else return;
    link.href = to;
  };
  for (const kind of ["pointerdown", "keydown", "click"]) addEventListener(kind, speak, true);

  // --- the history ---
  // Streamlit makes an entry whenever the address changes. One entry for each choice of the
  // reader is meant: none for what happens by itself (a replay, a mended address), and one
  // for a slider or a box of words, however long it is moved or typed in.
  const push = history.pushState.bind(history);
  let act = "";
  let made = "";
  const note = (event) => {
    const flowing = event.target.closest?.('[data-testid="stSlider"], [data-testid="stTextInput"]');
    act = flowing ? `in ${flowing.closest('[class*="st-key-"]')?.className}` : "choice";
  };
  for (const kind of ["pointerdown", "keydown", "click"]) addEventListener(kind, note, true);
  history.pushState = (state, title, url) => {
    const within = new URL(url, location.href).pathname === location.pathname;
    if (within && (!act || (act === made && act !== "choice"))) history.replaceState(state, title, url);
    else {
      push(state, title, url);
      made = act;
    }
    act = "";
  };
  addEventListener("popstate", () => (act = made = ""), true);

  // --- links ---
  const app = () => document.querySelector('[data-testid="stApp"]');
  const connected = () => app()?.getAttribute("data-test-connection-state") === "CONNECTED";
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link?.href || (link.target && link.target !== "_self") || link.hasAttribute("download")) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || to.hash || !said.pages.includes(to.pathname) || link.hreflang || !connected()) return;
    // a new load of the page would lose a draft and what else the session holds
    event.preventDefault();
    push(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  });

  // --- the connection ---
  const SECONDS = 1000;
  let ever = false; // connected since the page was loaded
  let since = 0; // when the app stood there without a connection
  let asked = 0; // when the reader chose what has not been answered
  let told = false;
  const asks = 'button, input, label, summary, [role="option"], [role="slider"], [role="button"], [role="tab"], a[href]';
  const choose = (event) => {
    if (lost() && event.composedPath().some((node) => node.matches?.(asks))) asked ||= Date.now();
  };
  for (const kind of ["click", "change"]) document.addEventListener(kind, choose, true);
  const lost = () => navigator.onLine === false || (ever && !connected());
  const check = () => {
    ever ||= connected();
    const state = app()?.getAttribute("data-test-script-state");
    if (state === "rerunRequested") asked ||= Date.now();
    else if (!lost()) asked = 0;
    if (app() && !ever) since ||= Date.now();
    const waiting = asked && (lost() || Date.now() - asked > 4 * SECONDS);
    document.documentElement.classList.toggle("va-waiting", Boolean(waiting));
    if (shown === "renewed") return;
    if (!ever && since && Date.now() - since > 8 * SECONDS) {
      say("blocked", Object.assign(document.createElement("a"), { href: `${said.base}/light`, textContent: said.light }));
      // the server cannot see what does not reach it; one line in its log tells whoever runs it
      if (!told) fetch(`${said.base}/unconnected`, { method: "POST" }).catch(() => {});
      told = true;
    } else if (ever) say(waiting ? "waiting" : lost() ? "offline" : "");
  };
  setInterval(check, SECONDS / 2);

  // A script of an older build is asked for, which the server no longer has.
  addEventListener("vite:preloadError", () => {
    const again = document.createElement("button");
    again.textContent = said.again;
    again.onclick = () => location.reload();
    say("renewed", again);
  });
})();
