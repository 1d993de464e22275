"""Guiding questions."""

from dialogue import frame
from dialogue.i18n import _

frame.page(_("Guiding questions"), _("Guiding questions"), "").link()
