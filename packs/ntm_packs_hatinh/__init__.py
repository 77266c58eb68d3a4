"""Criteria packs of Hà Tĩnh province (bundle ``hatinh``): YAML only."""
