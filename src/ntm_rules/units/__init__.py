"""The country's administrative units by code and name, before and since 1 July 2025, and what became of each."""

from .register import ON_RECORD, REFORM, Fate, Listed, Register, above, became, made_of, record, register

__all__ = ["ON_RECORD", "REFORM", "Fate", "Listed", "Register", "above", "became", "made_of", "record", "register"]
