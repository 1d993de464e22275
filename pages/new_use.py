"""New use."""

from dialogue import frame
from dialogue.i18n import _

frame.page(_("New use"), _("New use"), "").link()
