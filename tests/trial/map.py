"""A map of all States, three bound filters, the note and the link."""

import json

import streamlit as st
from plotly import graph_objects as go

from dialogue.screen import address, filters, links
from dialogue.views import theme
from dialogue.views.addresses import GEO, geo_url

STATES = {"ALB": "Albania", "BIH": "Bosnia and Herzegovina", "LAO": "Lao People’s Democratic Republic"}
REGIONS = ["Africa", "Asia & the Pacific", "Europe"]

colours = theme.palette()
st.html(
    '<p class="va-kicker">Evidence · as of 23 November 2026</p>'
    '<h1 class="va-finding">Twelve States Parties are responsible for cluster munition victims; '
    "in 2025 at least 314 people were killed or injured.</h1>"
    '<p class="va-lead">Where people need assistance, and what is known about it.</p>'
)
address.read({"state": STATES, "year": [2023, 2024, 2025], "region": address.Several(REGIONS), "known": ["all", "known"]})
first, second, third, fourth = st.columns(4)
with first:
    state = filters.one("state", "State", STATES)
with second:
    year = filters.stop("year", "Year", [2023, 2024, 2025])
with third:
    region = filters.some("region", "Regions", {name: name for name in REGIONS})
with fourth:
    known = filters.parts("known", "What is known", {"all": "All", "known": "Only what is known"})

shapes = json.loads((GEO / "world.geojson").read_text(encoding="utf-8"))["features"]
ids = [shape["id"] for shape in shapes]
figure = go.Figure()
figure.add_choropleth(
    geojson=geo_url("world.geojson"),
    featureidkey="id",
    locations=ids,
    z=[place % 4 for place in range(len(ids))],
    colorscale=list(zip([0, 0.33, 0.66, 1], colours.treaty.values(), strict=True)),
    showscale=False,
)
figure.update_layout(template=theme.plotly_template(theme.mode()), height=560)
figure.add_annotation(
    text="Source: trial figures; as of 23 November 2026",
    x=0, y=0, xref="paper", yref="paper", xanchor="left", yanchor="top",
    font={"size": 13, "color": colours.quiet},
)
wide, narrow = st.columns([3, 1])
with wide:
    st.plotly_chart(
        figure,
        theme=None,
        key="map",
        alt="Map of trial figures",
        config={"topojsonURL": "app/static/topo/", "scrollZoom": False, "displaylogo": False},
    )
with narrow:
    st.html(
        '<div class="va-card"><p class="va-kicker">Lao People’s Democratic Republic</p>'
        '<p class="va-number">≥ 50\u2009000</p>'
        '<p class="va-how">casualties recorded up to 2024</p></div>'
    )
st.table({"State": ["Albania", "Türkiye"], "Casualties": [1234, 56]})
st.text(f"chosen: {state} {year} {region} {known}")
address.write()
links.copy_link(address.state())
