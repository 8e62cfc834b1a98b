"""The Textual face. The only floor that knows Textual and Rich."""
