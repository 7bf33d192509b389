"""Does a model work, compared with what would have happened anyway? Pure functions, sources in each."""
