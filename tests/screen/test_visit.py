"""A link keeps its meaning: other data, another release and a release that is gone are said."""

import pytest
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.testing.v1 import AppTest

from dialogue.snapshot import live, release
from dialogue.tables import package
from tests.support import app_of, copy_of_data


def site(**address: str) -> AppTest:
    """The whole site as a visitor with this address sees it first."""
    app = app_of("dialogue/main.py", **address).run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return " ".join(text.value for text in app.text)


def test_a_link_copied_from_other_data_says_so():
    assert "copied when the data version was 00000000" in said(site(data="00000000"))
    assert "copied when" not in said(site(data=live.latest().fingerprint))
    assert "copied when" not in said(site(data=live.latest().fingerprint[:8]))  # as links were copied once
    assert "copied when" not in said(site(data="<b>no version</b>"))
    assert "copied when" not in said(site())


@pytest.mark.long
def test_an_earlier_release_counts_to_its_own_date(tmp_path):
    data = copy_of_data(tmp_path)
    described = data / package.DESCRIPTION
    today = package.read(data).as_of
    described.write_text(described.read_text("utf-8").replace(f'"as_of": "{today}"', '"as_of": "2026-11-01"'), "utf-8")
    shown = release.load(data, release.names(data)[-1])
    assert str(shown.as_of) == "2026-02-03" and package.read(data).as_of == "2026-11-01"
    assert shown.cursor().execute("SELECT data_as_of()").fetchone()[0] == shown.as_of


def test_the_footer_tells_the_version_of_the_release_that_is_shown():
    listed = release.listed(package.DATA)[-1]
    app = site(release=listed["release"])
    footer = next(block.proto.body for block in app.get("html") if "va-footer" in block.proto.body)
    assert f"version {listed['data_version']}" in footer and live.latest().fingerprint not in footer
    assert app.query_params["release"] == listed["release"]


def test_a_release_that_is_not_here_is_said_and_the_present_figures_stand():
    for name in ("1999-01-01", "../../etc/passwd", "x" * 5000):
        app = site(release=name)
        assert "release" in said(app).lower() and len(said(app)) < 600
        footer = next(block.proto.body for block in app.get("html") if "va-footer" in block.proto.body)
        assert live.latest().fingerprint in footer


def test_no_browser_speaks_before_it_knows_which_page_it_shows(monkeypatch):
    """A run that a browser asks for before it has heard of the pages is one of the first page, whatever the address."""
    sent = []
    enqueue = ForwardMsgQueue.enqueue
    monkeypatch.setattr(ForwardMsgQueue, "enqueue", lambda queue, message: (sent.append(message), enqueue(queue, message))[1])
    site()
    kinds = ["page" if each.WhichOneof("type") == "navigation" else each.delta.new_element.WhichOneof("type") for each in sent]
    assert {"page", "bidi_component"} <= set(kinds)
    assert kinds.index("page") < kinds.index("bidi_component")
