"""Work plan."""

from dialogue import frame
from dialogue.i18n import _

frame.page(_("Work plan"), _("Work plan"), "").link()
