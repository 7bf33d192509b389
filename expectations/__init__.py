"""The gate: what must hold before a submission, a build or its results are published."""
