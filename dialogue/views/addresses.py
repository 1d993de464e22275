"""Addresses of the files that the site serves, each naming its content, so that a browser may keep it; what an address says of its reader."""

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from dialogue.snapshot import reader

ROOT = Path(__file__).resolve().parent.parent.parent
GEO = ROOT / "data" / "geo"
STATIC = ROOT / "dialogue" / "static"


def riding() -> dict[str, str]:
    """What rides in every address made for the present reader: the release that is read, and the language where it is not English."""
    for_whom = reader.current()
    asked = {"release": for_whom.snapshot.release} if for_whom.snapshot.kind == "release" and for_whom.snapshot.release else {}
    return asked | ({"lang": for_whom.language} if for_whom.language != "en" else {})


def for_reader(address: str) -> str:
    """An address with what rides in it."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(riding())}" if riding() else address


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
