"""The line face: the same use cases through prompts. Works with a screen reader, a pipe and a script."""
