"""What a coordinator puts on the web: behind nginx, in a container, with its figures compared."""

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser, expect

from dialogue.snapshot import store
from dialogue.views.addresses import geo_url
from dialogue.web import server as site
from dialogue.words.i18n import number
from tests.browser import ROOT, Server, free_port, open_page, running
from tests.support import PATIENCE, project_files

HOST = "va.localhost"  # a name that Streamlit does not know: it must come from the Host header
NGINX_MAIN = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/dialogue.conf;
}}
"""


def put_in(text: str, old: str, new: str) -> str:
    """Replace what stands in the file exactly once."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


@pytest.fixture(scope="module")
def behind_nginx(serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard below /va/ behind docs/nginx.conf; skipped without nginx, but never in CI."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None and not os.environ.get("CI"):
        pytest.skip("nginx is not installed")
    assert program, "nginx is not installed"
    folder = tmp_path_factory.mktemp("nginx")
    port = free_port()
    options = ["--server.address", "127.0.0.1", "--server.baseUrlPath", "va"]
    with serve(*options) as dashboard:
        conf = (ROOT / "docs" / "nginx.conf").read_text()
        assert f"streamlit run app.py {' '.join(options)}" in conf
        conf = put_in(conf, "listen 80;", f"listen 127.0.0.1:{port};")
        conf = put_in(conf, "server_name dialogue.example.org;", f"server_name {HOST};")
        conf = put_in(conf, "127.0.0.1:8501", dashboard.url.removeprefix("http://"))
        (folder / "dialogue.conf").write_text(conf)
        (folder / "nginx.conf").write_text(NGINX_MAIN.format(folder=folder))
        command = [program, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
        log = folder / "nginx.log"
        with running(command, log, lambda: socket.create_connection(("127.0.0.1", port)).close()):
            yield Server(f"http://{HOST}:{port}", log, dashboard.pid)


def ask(behind: Server, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    """Send one request to nginx; the answer's body is read already."""
    address = behind.url.removeprefix("http://")
    connection = http.client.HTTPConnection("127.0.0.1", int(address.rpartition(":")[2]), timeout=PATIENCE)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers={"Host": address, **named})
    answer = connection.getresponse()
    answer.content = answer.read()
    connection.close()
    return answer


def test_nginx_passes_files_on_as_the_dashboard_packed_them(behind_nginx: Server) -> None:
    layer = f"/va/{geo_url('world.geojson')}"
    answer = ask(behind_nginx, layer, Accept_Encoding="gzip, br")
    assert (answer.status, answer.getheader("Content-Encoding")) == (200, "br")
    assert brotli.decompress(answer.content) == (site.GEO / "world.geojson").read_bytes()
    assert "immutable" in answer.getheader("Cache-Control")
    assert "default-src 'self'" in answer.getheader("Content-Security-Policy")
    again = ask(behind_nginx, layer, Accept_Encoding="br", If_None_Match=answer.getheader("ETag"))
    assert (again.status, again.content) == (304, b"")
    script = next(path for path in site.assets() if "/static/js/PlotlyChart." in path)
    assert ask(behind_nginx, f"/va{script}", Accept_Encoding="br").getheader("Content-Encoding") == "br"


def test_nginx_leads_into_the_sub_path_and_nowhere_else(behind_nginx: Server) -> None:
    bare = ask(behind_nginx, "/va")
    assert (bare.status, bare.getheader("Location")) == (301, "/va/")
    health = json.loads(ask(behind_nginx, "/va/healthz").content)
    assert (health["status"], health["data"]) == ("ok", store.fingerprint(store.data_folder()))
    assert ask(behind_nginx, "/healthz").status == 404
    assert ask(behind_nginx, "/va/../data/states.csv").status == 404


def test_nginx_refuses_a_flood(behind_nginx: Server) -> None:
    path = "/va/_stcore/upload_file/no-session/no-file"
    assert ask(behind_nginx, path, "PUT", Content_Length=str(11 * 1024**2)).status == 413


def test_a_visitor_works_behind_nginx(browser: Browser, behind_nginx: Server) -> None:
    visit = open_page(browser, behind_nginx, "/va/")
    sockets, answers = [], []
    visit.page.on("websocket", lambda socket: sockets.append(socket.url))
    visit.page.on("response", lambda answer: answers.append(answer))
    visit.page.goto(f"{behind_nginx.url}/va/data-desk?table=meetings")
    visit.settle()
    expect(visit.page.get_by_role("combobox", name="Table")).to_have_value("Meetings (meetings.csv)")
    # More than the 1 MB that nginx lets through unasked.
    large = {"name": "other.csv", "mimeType": "text/csv", "buffer": b"a,b\n1," + b"x" * 2_000_000}
    visit.page.locator("input[type=file]").set_input_files(large)
    expect(visit.page.get_by_role("heading", name="to correct")).to_be_visible()
    expect(visit.page.locator(".va-footer")).to_be_visible()

    address = behind_nginx.url.removeprefix("http://")
    assert sockets == [f"ws://{address}/va/_stcore/stream"]
    assert {url for url in visit.requests if url.startswith("http") and HOST not in url} == set()
    assert any("/va/geo/" in url for url in visit.requests)
    assert [a.url for a in answers if a.status >= 400 and "/data-desk/_stcore/" not in a.url] == []
    assert visit.errors_of_the_site() == []
    visit.close()


def dockerfile() -> dict[str, list[str]]:
    """The arguments of the Dockerfile's instructions, by instruction."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _space, rest = line.partition(" ")
            found.setdefault(name, []).append(rest.strip())
    return found


def in_image() -> list[str]:
    """The files that .dockerignore leaves for the image."""
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]

    def ignored(path: Path) -> bool:
        parts = [path, *path.parents]
        return any(
            fnmatch(part.name if pattern.startswith("**/") else str(part), pattern.removeprefix("**/"))
            for part in parts
            for pattern in patterns
        )

    return [str(path) for path in project_files() if not ignored(path)]


def health_check(**environment: str) -> subprocess.CompletedProcess[str]:
    """Run the very command of the Dockerfile."""
    command = dockerfile()["HEALTHCHECK"][0].partition(" CMD ")[2]
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return subprocess.run(
        ["/bin/sh", "-c", command], env={"PATH": path, **environment}, capture_output=True, text=True
    )


def test_the_image_holds_what_the_dashboard_needs_and_little_else() -> None:
    files = in_image()
    for folder in ("dialogue", "pages", "queries", "data"):
        tracked = subprocess.run(
            ["git", "ls-files", folder], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert set(tracked.stdout.split()) <= set(files), folder
    assert {"app.py", "requirements.txt", ".streamlit/config.toml", "LICENSE"} <= set(files)
    assert not [path for path in files if path.startswith((".git", "tests/", "docs/", ".ci/"))]
    for source in dockerfile()["COPY"]:
        assert source.split()[0] in [".", *files]


def test_the_image_runs_as_nobody_in_particular() -> None:
    steps = dockerfile()
    assert steps["USER"] == ["dialogue"]
    assert any(step.startswith("useradd ") and step.endswith(" dialogue") for step in steps["RUN"])
    assert steps["EXPOSE"] == ["8501"]
    # The image has the Python that its base names: not older than what the project needs.
    minor = re.fullmatch(r"python:3\.(\d+)-slim", steps["FROM"][0])[1]
    assert int(minor) >= 11


@pytest.mark.long
def test_the_files_of_the_image_suffice_and_stay_as_they_are(tmp_path: Path) -> None:
    tree = tmp_path / "app"
    for path in in_image():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, tree / path)
    before = {path: path.stat().st_mtime_ns for path in tree.rglob("*")}
    program, *arguments = json.loads(dockerfile()["CMD"][0])
    assert program == "streamlit" and "0.0.0.0" in arguments
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],  # and no HOME
        "PYTHONDONTWRITEBYTECODE": "1",
        "STREAMLIT_SERVER_PORT": str(port),
        "STREAMLIT_SERVER_BASE_URL_PATH": "va",
    }
    command = [sys.executable, "-m", "streamlit", *arguments]
    command[command.index("0.0.0.0")] = "127.0.0.1"

    def page() -> bytes:
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/va/", timeout=PATIENCE).read()

    with running(command, tmp_path / "log", page, cwd=tree, env=environment):
        checked = health_check(STREAMLIT_SERVER_PORT=str(port), STREAMLIT_SERVER_BASE_URL_PATH="va")
        assert checked.returncode == 0, checked.stderr
        found = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/va/healthz"))
        assert found["data"] == store.fingerprint(store.data_folder())
        # Nothing but the copy of the good data is written, and that only where it can be.
        after = {
            path: path.stat().st_mtime_ns for path in tree.rglob("*") if ".last-good.zip" not in path.name
        }
        assert {path for path in after if path.is_file() and before.get(path) != after[path]} == set()


def test_the_health_check_tells_a_live_server_from_none(server: Server) -> None:
    assert health_check(STREAMLIT_SERVER_PORT=server.url.rpartition(":")[2]).returncode == 0
    assert health_check(STREAMLIT_SERVER_PORT=str(free_port())).returncode != 0


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = (ROOT / ".ci" / "run").read_text().splitlines()[-1]
    readme = (ROOT / "README.md").read_text()
    assert readme.partition("## Test it")[2].split("```")[1].strip() == command


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the data as they are here, and the program beside."""
    for name in ("dialogue", "queries", "data"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "data").unlink()
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / ".ci").mkdir()
    shutil.copy2(ROOT / ".ci" / "figures", tmp_path / ".ci" / "figures")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "data")
    commit(tmp_path)
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-am", "Data")


def figures(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [folder / ".ci" / "figures", *arguments],
        env={**os.environ, "PYTHON": sys.executable},
        capture_output=True,
        text=True,
    )


@pytest.mark.long
def test_a_pull_request_shows_the_figures_it_changes(repository: Path) -> None:
    table = repository / "data" / "survivors.csv"
    table.write_text(put_in(table.read_text(), "mine_erw_survivors,88000,", "mine_erw_survivors,88500,"))
    commit(repository)
    # Without a word on the base: the commit before the last, because there is no origin.
    told = figures(repository)
    assert told.returncode == 0, told.stderr
    words = " ".join(told.stdout.split())  # the thin spaces of numbers as plain ones
    assert "Angola" in words and f"{number(88000)} | {number(88500)}" in words


@pytest.mark.long
def test_trouble_is_no_difference(repository: Path) -> None:
    for base in ("no-such-revision", "--output=data"):
        told = figures(repository, base)
        assert (told.returncode, told.stdout) == (2, "")
        assert told.stderr
