"""Dated facts as data, each with source and mark; imports nothing of the project."""
