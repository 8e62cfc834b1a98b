"""Reads what people write by hand: the matrix, the techniques and answers files. The only floor that knows YAML."""
