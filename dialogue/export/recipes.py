"""How a program asks for the data: the address of a view, and the same for curl, Python, R and a spreadsheet."""

from dataclasses import dataclass
from urllib.parse import urlencode

from dialogue.views import catalogue
from dialogue.words.i18n import _

ENDINGS = ("csv", "json", "xlsx", "pptx", "docx", "pdf")


@dataclass(frozen=True)
class Recipe:
    """`name`: for which program; `text`: what to type or paste; `about`: where, where that is not plain."""

    name: str
    text: str
    about: str = ""


def address(name: str, ending: str, site: str) -> str:
    """The address of a view, with the first value of everything that must be chosen."""
    given = {each.name: catalogue.allowed(name, each.name)[0] for each in catalogue.get(name).parameters if each.default is None}
    return f"{site}data/view/{name}.{ending}" + (f"?{urlencode(given)}" if given else "")


def of(name: str, site: str) -> list[Recipe]:
    """What to type for the rows of a view. Raises catalogue.ViewError."""
    rows, file = address(name, "csv", site), f"{name.replace('.', '-')}.csv"
    return [
        Recipe("curl", f'curl --fail -o {file} "{rows}"'),
        Recipe("Python, pandas", f'import pandas as pd\n\nrows = pd.read_csv("{rows}")'),
        # DuckDB itself would first load an extension from elsewhere to read an address
        Recipe("Python, DuckDB", f'import duckdb\nimport pandas as pd\n\nfigure = pd.read_csv("{rows}")\nrows = duckdb.sql("SELECT * FROM figure").df()'),
        Recipe("R", f'rows <- read.csv("{rows}", fileEncoding = "UTF-8-BOM")'),
        Recipe(
            "Excel, Power Query",
            f'let\n  Source = Csv.Document(Web.Contents("{rows}"), [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]),\n  Rows = Table.PromoteHeaders(Source)\nin\n  Rows',
            _("In Excel: Data, Get Data, From Other Sources, Blank Query; in its Advanced Editor paste this. “Refresh” brings the newest figures."),
        ),
    ]  # fmt: skip


def choices(name: str) -> list[tuple[str, str]]:
    """What may be put behind the address of a view: each parameter, and what it may be in words."""
    found = []
    for each in catalogue.get(name).parameters:
        codes = [code for code in catalogue.allowed(name, each.name) if code]
        few = ", ".join(codes[:12]) + (_(" … ({n} values)").format(n=len(codes)) if len(codes) > 12 else "")
        found.append((each.name, few or {"date": _("a day, written YYYY-MM-DD"), "number": _("a whole number"), "yes/no": _("yes or no")}.get(each.kind, _("a text"))))
    return found
