"""Commands: they pick a face, and print data for scripts. Everything but click is imported where it is used."""
