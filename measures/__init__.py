"""Measures: each is a formula (``.py``) and a card (``.yml``) of the same stem."""
