"""National criteria packs (bundle ``vn``): YAML only."""
