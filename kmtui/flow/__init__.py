"""How a session or an assessment proceeds: pure functions on frozen values, which know no screen and no file."""
