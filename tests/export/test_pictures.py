"""A picture from the command line is the one that a page saves: whole, with its words, its sources and its address."""

import io
import shutil
from xml.etree import ElementTree

import pytest
from PIL import Image

from dialogue.__main__ import main
from dialogue.export import pictures
from dialogue.views import catalogue, picture

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.usefixtures("browser")  # for what it says where there is no Chromium
def test_a_map_and_a_table_of_signs_are_drawn_without_a_reader(tmp_path, capsys):
    for name, given in (("world_map.victims", ["year=2022"]), ("obligations.matrix", [])):
        out = tmp_path / "out.svg"
        assert main(["export", name, *given, "--to", "svg", str(out), "--site", "https://dialogue.example.org"]) == 0
        drawing = ElementTree.fromstring(out.read_bytes())
        text = " ".join("".join(each.itertext()) for each in drawing.iter(f"{SVG}text") if not each.get("aria-hidden"))
        shown = catalogue.build(name, dict(each.split("=") for each in given))
        wanted = picture.of(shown)
        for part in (wanted["title"], wanted["kicker"], *wanted["lines"], "dialogue.example.org/"):
            assert set(part.split()) <= set(text.split()) or part in text, part
        shapes = sum(len(list(drawing.iter(f"{SVG}{tag}"))) for tag in ("path", "rect", "circle"))
        assert shapes > 100 and "@font-face" in out.read_text("utf-8")
    assert main(["export", "trends.world_pair", "--to", "png", str(tmp_path)]) == 0
    (made,) = tmp_path.glob("trends-world-pair_*.png")
    image = Image.open(io.BytesIO(made.read_bytes())).convert("RGB")
    assert image.width == 3200 and len(set(image.resize((160, 90)).get_flattened_data())) > 20
    capsys.readouterr()


@pytest.mark.long
def test_without_a_renderer_or_a_figure_a_sentence_says_what_to_do_and_nothing_is_written(monkeypatch, tmp_path, capsys):
    out = tmp_path / "out.png"
    assert main(["export", "documents.documents", "--to", "png", str(out)]) == 2
    assert "there is no picture of it" in capsys.readouterr().err
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert main(["export", "trends.world_pair", "--to", "png", str(out)]) == 2
    said = capsys.readouterr().err
    assert "chromium-headless-shell" in said and said.count("\n") == 1
    # a Chromium that gives nothing
    monkeypatch.setattr(shutil, "which", lambda _name: "/bin/true")
    monkeypatch.setattr(pictures, "LONGEST", 0)
    assert main(["export", "trends.world_pair", "--to", "png", str(out)]) == 2
    assert "gave no picture" in capsys.readouterr().err and not list(tmp_path.iterdir())
