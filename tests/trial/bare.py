"""The smallest page with a filter, to compare others with."""

import streamlit as st

st.text(st.selectbox("Letter", list("abc"), key="letter"))
