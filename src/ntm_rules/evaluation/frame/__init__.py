"""Packs on whole frames: columns of verdicts on the engine the user already has."""
