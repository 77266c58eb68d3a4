"""Numbers and units as people write them: exact decimals, Vietnamese and English, dimension-checked."""
