"""People and resources."""

from dialogue import frame
from dialogue.i18n import _

frame.page(_("People and resources"), _("People and resources"), "").link()
