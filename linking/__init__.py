"""The same household across years, communes and both mergers; clear names are seen in memory only."""
