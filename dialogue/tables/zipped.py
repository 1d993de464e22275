"""Tables and their description as one ZIP file: a release, or the copy of the last good data."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from dialogue.tables import package

UNPACKED = 100_000_000  # bytes that an archive may hold
ENTRIES = 500
# What reading a damaged or hostile ZIP raises.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


def pack(files: Mapping[str, bytes]) -> bytes:
    """An archive of files by name: the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            packed.writestr(entry, files[name], compresslevel=9)
    return out.getvalue()


def read(content: bytes) -> dict[str, bytes]:
    """The files of an archive by name. Raises ValueError for anything that is no archive of tables."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
                raise ValueError("the archive is too large")
            found = {}
            for entry in entries:
                name = entry.filename
                if name != package.DESCRIPTION and not (name.endswith(".csv") and name[:-4].isidentifier()):
                    raise ValueError("the archive holds files that are no tables")
                with packed.open(entry) as file:
                    found[name] = file.read(entry.file_size + 1)
                if len(found[name]) > entry.file_size:
                    raise ValueError("the archive is too large")
            return found
    except DAMAGED as error:
        raise ValueError("the archive is damaged") from error


def unpack(content: bytes, folder: Path) -> None:
    """Write the tables of an archive into an empty folder; nothing outside it. Raises ValueError as `read`."""
    for name, text in read(content).items():
        (folder / name).write_bytes(text)
