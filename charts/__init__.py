"""Rows in, Plotly figure out."""
