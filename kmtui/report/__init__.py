"""Pure functions that turn records into Markdown, JSON, CSV, text drawings and sentences."""
