"""Search."""

from dialogue import frame
from dialogue.i18n import _

frame.page(_("Search"), _("Search"), "").link()
