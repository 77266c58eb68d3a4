"""The laws hold for the packs that are shipped, not only for packs that nobody wrote (``test_laws.py``)."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.pack.catalogue import installed
from ntm_rules.testing import LAWS, Law, World
from ntm_rules.testing.check import check_law

SHIPPED = [World(ntm.load_pack(info.reference), installed()) for info in ntm.packs()]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_every_law_holds_for_the_shipped_packs(law: Law) -> None:
    """One run over all of them: what is drawn is a pack and its facts."""
    shipped = [world for world in SHIPPED if law.concerns(world)]
    report = check_law(law, st.sampled_from(shipped), max_examples=24)
    assert report.holds, report.text("en")
