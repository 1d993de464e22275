"""One bar chart in the site's template."""

import streamlit as st
from plotly import graph_objects as go

from dialogue.views import plot, theme

colours = theme.palette()
years = list(range(2010, 2026))
figure = go.Figure()
for number, (name, colour) in enumerate(colours.casualties.items()):
    figure.add_bar(x=years, y=[(year * 83 + number * 31) % 700 for year in years], name=name, marker_color=colour)
figure.update_layout(template=theme.plotly_template(theme.mode()), barmode="stack", bargap=0.3)
st.header("A heading in the serif")
st.plotly_chart(plot.Prepared(figure), theme=None, key="bars", alt="Bars of trial figures")
