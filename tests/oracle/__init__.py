"""Second opinions on the evaluator, written from the laws alone."""
