"""Keeps records: one TinyDB file per session and assessment, written atomically. The only floor that knows files."""
