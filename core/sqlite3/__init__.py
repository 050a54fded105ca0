"""SQLite as Django drives it, but for how writers wait for each other."""
