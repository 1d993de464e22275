"""PNG and SVG of a view without a reader: the picture that a page saves, drawn by a headless Chromium where there is one.

The same script draws it (``static/picture.js``), so that a picture from the command line and one
from a page are alike. Chromium asks a server of this process alone, which ends with the picture.
"""

import functools
import html
import json
import os
import shutil
import subprocess
import tempfile
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dialogue.export import contents
from dialogue.export.pdf import NotHere
from dialogue.present import page
from dialogue.snapshot import reader
from dialogue.views import picture
from dialogue.views.addresses import GEO, ROOT, STATIC, static_url
from dialogue.views.signs import TableView
from dialogue.views.view import View
from dialogue.words.i18n import _

KINDS = ("png", "svg")
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
LONGEST = 120  # seconds until a picture is given up
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".json": "application/json", ".geojson": "application/json"}


class Undrawn(Exception):
    """The picture could not be drawn; the message says why."""


def drawn(shown: View, kind: str, site: str = "") -> bytes:
    """The picture of a view with a figure or a table of signs, as png or svg.

    Raises NotHere without a Chromium, Undrawn where there is nothing to draw or Chromium gives no picture.
    """
    if shown.figure is None and not isinstance(shown, TableView):
        raise Undrawn(_("{view} is a table of words: there is no picture of it. Take it as csv, xlsx, docx or pptx.").format(view=shown.name))
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise NotHere(
            _("A picture is drawn by Chromium, which is not on this machine: install it there (Debian: `apt-get install chromium-headless-shell`), or save the picture on the page, where your browser draws it.")
        )
    return _asked(program, _page(shown, kind, site))


def _page(shown: View, kind: str, site: str) -> str:
    """The page that draws the picture and sends it back."""
    faces = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]["fontFaces"]
    wanted = {
        "kind": kind, "fonts": [[face["family"].strip("'"), face["url"], face["unicodeRange"]] for face in faces],
        "scripts": {name: static_url(name) for name in ("crosstable.js", "crosstable.css", "picture.css")},
        "address": contents.page(shown, site), **picture.of(shown),
    }  # fmt: skip
    rules = "".join(f"@font-face{{font-family:{face['family']};src:url({face['url']});font-weight:{face['weight']};unicode-range:{face['unicodeRange']}}}" for face in faces)
    told = json.dumps(wanted, ensure_ascii=True).replace("<", "\\u003c")
    return f"""<!doctype html><html lang="{html.escape(reader.current().language)}"><meta charset="utf-8"><style>{rules}:root{{{page.variables()}}}</style>
<script src="plotly.min.js"></script>
<script type="application/json" id="wanted">{told}</script>
<script type="module">
const send = (what, body) => fetch(what, {{ method: "POST", body }});
try {{
  const {{ made }} = await import("./{static_url("picture.js")}");
  await send("picture", await made(JSON.parse(document.getElementById("wanted").textContent)));
}} catch (error) {{
  await send("trouble", String(error));
}}
</script></html>"""


def _asked(program: str, text: str) -> bytes:
    found: dict[str, bytes] = {}
    came = threading.Event()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path).lstrip("/")
            file = _file(path)
            if path and file is None:
                self.send_error(404)
                return
            content = text.encode() if file is None else file.read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8" if file is None else TYPES.get(file.suffix, "application/octet-stream"))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self) -> None:
            found[self.path.strip("/")] = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204)
            self.end_headers()
            came.set()

        def log_message(self, *_given: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        # the sandbox of Chromium does not run as root; what it opens is the page above and nothing else
        alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command = [
            program, "--headless", *alone, "--disable-gpu", "--disable-background-networking", "--no-first-run", "--remote-debugging-port=0",
            f"--user-data-dir={folder}", "--window-size=1600,1000", f"http://127.0.0.1:{server.server_port}/",
        ]  # fmt: skip
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            came.wait(LONGEST)
        finally:
            process.kill()
            process.wait()
            server.shutdown()
    if "picture" not in found:
        raise Undrawn(_("Chromium gave no picture: {why}").format(why=found.get("trouble", b"it did not answer").decode()[:200]))
    return found["picture"]


@functools.cache
def _file(path: str) -> Path | None:
    """What the page may ask for."""
    if path == "plotly.min.js":
        return page.PLOTLY
    for start, folder in (("app/static/", STATIC), ("geo/", GEO)):
        file = (folder / path.removeprefix(start)).resolve()
        if path.startswith(start) and file.is_relative_to(folder.resolve()) and file.is_file():
            return file
    return None
