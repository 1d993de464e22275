"""State profiles."""

from dialogue import frame
from dialogue.i18n import _

frame.page(_("State profiles"), _("State profiles"), "").link()
