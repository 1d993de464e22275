"""Addresses of the files that the site serves; each names its content, so that a browser may keep it."""

import hashlib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
GEO = ROOT / "data" / "geo"
STATIC = ROOT / "dialogue" / "static"


@cache
def geo_url(name: str) -> str:
    """Return the relative address of a layer of data/geo, such as "world.geojson"."""
    return f"geo/{name}?v={_version(GEO / name)}"


@cache
def static_url(name: str) -> str:
    """Return the relative address of a file of dialogue/static, such as "theme.css"."""
    return f"app/static/{name}?v={_version(STATIC / name)}"


def _version(file: Path) -> str:
    # A hash of the content: browsers keep the file for a year and still see a
    # corrected border at once.
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
