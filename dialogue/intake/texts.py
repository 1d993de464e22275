"""Letters and blanks: what programs add to a text, and what is lost on the way."""

import html
import re
import unicodedata

# Characters that nobody sees and that are no blanks to Python.
UNSEEN = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
# Cells come from outside and may be long: these are taken off without a pattern that would go over them again and again.
ENDS = UNSEEN + "".join(filter(str.isspace, map(chr, range(0x3001))))
NO_WIDTH = re.compile("[\u200b\u2060\ufeff\u00ad]")
# What turns or joins letters: nobody sees it, and no text of Latin letters needs it.
DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?<=[ -\u024f])[\u200c\u200d]")
BREAK = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]+")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff]")
BLANKS = "[ \u00a0\u2007\u2009\u200a\u202f]"
ERRORS = re.compile(
    r"#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|FIELD!|BUSY!|NV|BEZUG!|WERT!|NOM\?|VALEUR!"
    r"|¡?REF!|¿NOMBRE\?|¡VALOR!|ZAHL!|NOMBRE!|¡NUM!|¡DIV/0!|#+)|Err:5\d\d",
    re.I,
)
FORMULA = re.compile(r"[=@]|[+-](?=[^\s]*[(|!])|\+(?=[A-Za-z])")
NEUTRALISED = re.compile(r"'(?=[=+\-@\t\r])")
QUOTES = "\"'“”„‟«»‘’‚‹›`´"

ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
# Places that each font fills as it likes (bullets of word processors), and what stands for an object.
PRIVATE = re.compile("[\ue000-\uf8ff\ufff9-\ufffc\U000f0000-\U0010fffd]")
# UTF-8 read as a code page of DOS, of a Macintosh or of Japan.
FOREIGN = re.compile("[├┬╬┼╔│┤╩][\u0080-\uffff]|√[^\\W\\d_]|√[©®™¥§¶•†≠ÆØ∞±≤≥∂∑∏π∫ªº]|[ﾃﾂﾄ][\uff61-\uff9f]|‚Ä[ôúùìî¶ò]")
LOST = re.compile(r"[^\W\d_]\?[^\W\d_](?!\w*=)")


def without_entities(text: str) -> str:
    """A text in which & and its kin stand as letters, also where they were escaped twice."""
    for _ in range(2):
        text = ENTITY.sub(lambda found: html.unescape(found[0]).replace("\u00a0", " "), text)
    return text


def from_right(text: str) -> bool:
    """Whether a text has letters of a script that is written from the right."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") and char.isalpha() for char in text)


def unquoted(text: str) -> str:
    """A text without the quotation marks around it."""
    around = len(text) > 1 and text[0] in QUOTES and text[-1] in QUOTES
    return text.strip(QUOTES).strip() if around else text


def fold(text: str) -> str:
    """The words of a text without accents, capitals and punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", bare))


PLAIN = str.maketrans(
    {c: '"' for c in "“”„‟«»"} | {c: "'" for c in "‘’‚‹›`´"} | {c: "-" for c in "–—‒−"} | {"…": "..."}
)


def plainly(text: str) -> str:
    """A text as a typewriter has it."""
    return " ".join(text.translate(PLAIN).replace("--", "-").split())


# UTF-8 read as Windows-1252: a letter with accent or a quotation mark becomes two or three others.
_AFTER = (
    "".join(bytes([b]).decode("cp1252", "replace") for b in range(0x80, 0xC0)).replace("\ufffd", "")
    + "\x81\x8d\x8f\x90\x9d"
)
_DAMAGED = re.compile(
    f"(?:[ÂÃÄÅ][{re.escape(_AFTER)}]|â[€‚„][{re.escape(_AFTER)}]|(?:[ÐÑØÙ][{re.escape(_AFTER)}]){{2,}})"
)
_BYTES = {bytes([b]).decode("cp1252", "ignore") or chr(b): b for b in range(256)}


def mended(text: str) -> str:
    """The text that was meant where UTF-8 was read as Windows-1252; "" where nothing is wrong.

    The text itself where something is wrong that cannot be mended.
    """
    if text.isascii():
        return ""
    right = text
    for _ in range(2):  # it can have happened twice
        again = _DAMAGED.sub(_right, right)
        if again == right:
            break
        right = again
    # a wrong letter whose second half is lost: no language of the tables has this one before a small letter
    return right if right != text or re.search(r"Ã(?![A-ZÀ-Þ])", text) else ""


def _right(found: re.Match) -> str:
    try:
        right = bytes(_BYTES[char] for char in found[0]).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return found[0]
    return (
        right
        if all(char.isalpha() or char in "\u00a0«»–—‘’“”…€™·°ºª§±×²³½¡¿©®´¸" for char in right)
        else found[0]
    )
