"""What a rerun and a first load cost, as ratios to a bare Streamlit page: ``python tests/bench/run.py``.

``python tests/bench/run.py bystander`` measures only how long a visitor waits while others take files away.

Prints, asserts nothing: times differ from machine to machine, ratios much less.
A rerun is a change of filter back to a view seen before.
"""

import statistics
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import FLAGS, Server, chromium, open_page, serving  # noqa: E402

RERUNS = 12
# on these a rerun is a change of view, on those of LISTS a choice from the first list
PAGES = (
    "affected-states", "new-victims", "comparisons", "sources", "questions",
    "integrated-approach", "work-plan", "resources",
)
# the list, and two of its first values
LISTS = {
    "states": ("State (the twelve of the work plan first)", "Afghanistan", "Albania"),
    "responses": ("Guiding question", "All questions", "(b) Better disaggregated data"),
}
# what visitors may look for: a code, a name, words, a slip of the pen, next to nothing, too much
ASKED = ("LAO", "laos", "mental health", "casualties", "clustr munition", "a", "é" * 1_000_000)


def cpu(pid: int) -> float:
    """Seconds of processor time the server has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def measure(browser: Browser, server: Server, path: str, choose) -> tuple[float, float]:
    """CPU milliseconds and kilobytes over the websocket of one rerun of `path`."""
    visit = open_page(browser, server, f"/{path}")
    received = []
    wire = visit.context.new_cdp_session(visit.page)
    wire.send("Network.enable")
    wire.on("Network.webSocketFrameReceived", lambda e: received.append(len(e["response"]["payloadData"]) * 3 / 4))
    for turn in (1, 0, 1, 0):  # both views have been seen
        choose(visit.page, turn)
        visit.settle()
    time.sleep(1)
    costs, sizes = [], []
    for turn in range(1, RERUNS + 1):
        received.clear()
        before = cpu(server.pid)
        choose(visit.page, turn % 2)
        visit.settle()
        costs.append(cpu(server.pid) - before)
        sizes.append(sum(received))
    visit.close()
    # the clock ticks in hundredths of a second: only a mean says anything
    return 1000 * statistics.mean(costs), statistics.median(sizes) / 1000


def choose_letter(page, turn: int) -> None:
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="ab"[turn], exact=True).click()


def choose_view(page, turn: int) -> None:
    page.get_by_role("radiogroup").first.get_by_role("radio").nth(turn).click()


def choose_value(page, turn: int, values: tuple[str, str, str]) -> None:
    page.get_by_role("combobox", name=values[0]).click()
    page.get_by_role("option", name=values[1 + turn], exact=True).click()


def search_for(page, turn: int) -> None:
    words = ("mental health", "casualties")[turn]
    page.get_by_label("Words, a name or a code").fill(words)
    page.locator("h1", has_text=words).wait_for()


# files that take their time, asked for again and again while a bystander goes on
TAKEN = (
    "data/deck/opening.pptx", "data/dialogue.docx", "data/dialogue.pptx", "data/dialogue.pdf", "data/everything.xlsx", "data/state/LAO.docx",
    "data/state/LBN.pptx", "data/view/world_map.victims.pptx", "data/view/obligations.matrix.docx", "data/deck/opening.xlsx",
)  # fmt: skip
CROWD = 20  # people who take files away at the same time
# From the click of a choice until another heading stands, as the browser of the bystander sees it, in milliseconds.
WAITED = """async (name) => {
    const heading = () => document.querySelector("h1")?.textContent, before = heading(), started = performance.now();
    [...document.querySelectorAll("label")].find((each) => each.textContent.trim() === name)?.click()
        ?? [...document.querySelectorAll("button")].find((each) => each.textContent.trim() === name).click();
    while (heading() === before) await new Promise((done) => setTimeout(done, 2));
    return performance.now() - started;
}"""


def waits(page, turns: int) -> list[float]:
    found = []
    for turn in range(turns):
        found.append(page.evaluate(WAITED, ("(f) Mental health", "(b) Data")[turn % 2]))
        page.wait_for_timeout(150)
    return found


def bystander(browser: Browser, folder: Path) -> None:
    """How long a visitor waits for a rerun while twenty others take files away, as a ratio to an empty server."""
    with serving(folder) as server:
        visit = open_page(browser, server, "/questions?question=b")
        waits(visit.page, 6)  # both views have been seen
        alone = waits(visit.page, 2 * RERUNS)
        over, taken = threading.Event(), []

        def take(n: int) -> None:
            while not over.is_set():
                with urllib.request.urlopen(f"{server.url}/{TAKEN[(n + len(taken)) % len(TAKEN)]}") as answer:
                    taken.append(len(answer.read()))

        crowd = [threading.Thread(target=take, args=(n,)) for n in range(CROWD)]
        for one in crowd:
            one.start()
        while not taken:  # the first waits until the process that builds has read the data
            time.sleep(0.1)
        beside, began = waits(visit.page, 2 * RERUNS), len(taken)
        over.set()
        for one in crowd:
            one.join()
        visit.close()
    ratio = statistics.median(beside) / statistics.median(alone)
    print(f"bystander: {statistics.median(alone):.0f} ms alone, {statistics.median(beside):.0f} ms beside {CROWD} who take files (ratio {ratio:.1f}; worst {max(beside):.0f} ms; {began} files taken meanwhile)")


def question_times() -> list[tuple[str, float]]:
    """What a question costs on the index of the search, in milliseconds; the middle of several."""
    from dialogue.views import search

    index, times = search.index(), []
    for asked in ASKED:
        costs = []
        for _turn in range(9):
            started = time.perf_counter()
            index.find(asked)
            costs.append(1000 * (time.perf_counter() - started))
        times.append((asked[:20], statistics.median(costs)))
    return times


def main() -> None:
    """Measure and print."""
    folder = Path(tempfile.mkdtemp())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        bystander(browser, folder)
        if "bystander" in sys.argv[1:]:
            return
        with serving(folder, script="tests/trial/app.py") as server:
            bare, _size = measure(browser, server, "bare", choose_letter)
        print(f"{'page':22}{'CPU a rerun':>14}{'ratio to bare':>16}{'kB a rerun':>12}")
        print(f"{'bare page':22}{bare:11.1f} ms{1:16.1f}{_size:12.1f}")
        started = time.monotonic()
        with serving(folder) as server:
            visit = open_page(browser, server, "/")
            print(f"{'start to first page':22}{time.monotonic() - started:11.1f} s")
            visit.close()
            for path in PAGES:
                cost, size = measure(browser, server, path, choose_view)
                print(f"{path:22}{cost:11.1f} ms{cost / bare:16.1f}{size:12.1f}")
            for path, values in LISTS.items():
                cost, size = measure(
                    browser, server, path, lambda page, turn, values=values: choose_value(page, turn, values)
                )
                print(f"{path:22}{cost:11.1f} ms{cost / bare:16.1f}{size:12.1f}")
            cost, size = measure(browser, server, "search", search_for)
            print(f"{'search':22}{cost:11.1f} ms{cost / bare:16.1f}{size:12.1f}")
            visit = open_page(browser, server, "/affected-states")
            first, context = visit.transferred, visit.context
            visit.page.close()
            again = open_page(browser, server, "/affected-states", context=context)
            print(f"map page, transferred: first load {first / 1e6:.2f} MB, second visit {again.transferred / 1e3:.1f} kB")
            again.close()
        browser.close()
    for asked, cost in question_times():
        print(f"search index, {asked:20}{cost:8.1f} ms")


if __name__ == "__main__":
    main()
