"""One invented run of any technique, told in three ways: an answers file, lines that are typed, keys on the screens."""
