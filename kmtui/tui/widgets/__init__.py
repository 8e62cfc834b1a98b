"""Small widgets that show what they are given and post past-tense messages."""
