"""One file a screen. A screen shows frozen values and calls use cases; it holds no truth of its own."""
