"""What records mean: scores, gaps, drawings' numbers. Pure functions on the model."""
