"""What stands in place of a view that could not be drawn."""

import streamlit as st

from dialogue.words.i18n import _


def show(_error: Exception) -> bool:
    """Draw a calm message in place of a view that failed; the log has the details.

    Returns True, which tells Streamlit not to show the exception.
    """
    st.info(
        _(
            "This view could not be drawn. The other pages are not affected. "
            "Please try again in a few minutes, or choose another view."
        )
    )
    return True
