"""Responses."""

from dialogue import frame
from dialogue.i18n import _

frame.page(_("Responses"), _("Responses"), "").link()
