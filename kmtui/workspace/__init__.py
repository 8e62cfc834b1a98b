"""The use cases: the one thing that the faces call. What the screens can do, plain mode can do."""
