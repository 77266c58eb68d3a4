"""A bundle of somebody else: YAML only."""
