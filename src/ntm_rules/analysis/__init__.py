"""What can be said of packs without any unit: differences, strictness, mistakes, verification, pages."""
