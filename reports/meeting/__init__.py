"""The papers of a meeting, all from one frozen build."""
