"""What things are: frozen types for content and records. Imports nothing of ours but the cleaning of text."""
