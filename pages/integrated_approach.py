"""Integrated approach."""

from dialogue import frame
from dialogue.i18n import _

frame.page(_("Integrated approach"), _("Integrated approach"), "").link()
