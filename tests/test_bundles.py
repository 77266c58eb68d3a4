"""Bundles are found by the same door, from a checkout, a wheel and a source distribution."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.errors import CatalogueError, PackError
from ntm_rules.pack.bundle import Bundle, discover
from ntm_rules.pack.catalogue import Catalogue, installed

HERE = Path(__file__).parent
ROOT = HERE.parent
THIRD_PARTY = HERE / "third_party_bundle"
ACME = Bundle("acme", THIRD_PARTY / "acme_packs")


@pytest.fixture
def with_acme() -> Catalogue:
    return Catalogue((*installed().bundles, ACME))


def test_built_in_bundles_come_through_the_entry_points() -> None:
    assert {bundle.namespace for bundle in discover()} >= {"vn", "hatinh"}
    assert all(bundle.root.is_dir() for bundle in discover())


def test_a_third_party_overlay_changes_adds_and_measures(with_acme: Catalogue) -> None:
    pack = with_acme.load("acme/commune")
    assert pack.extends == ("vn/commune@2021-2025",)
    assert pack.title_id == "vn/commune"
    snapshot = ntm.Snapshot(
        unit={"id": "x", "level": "commune", "region": "btb"},
        as_of="2023-08-17",
        measures={"acme_wells": 1, "clean_water_centralised_share": "25 %"},
    )
    result = ntm.evaluate(pack, snapshot, catalogue=with_acme)
    assert [item.code for item in result.failures()] == ["17.1", "17.99"]
    water = next(part for part in result["17.1"].check.parts if part.measure == "clean_water_centralised_share")
    assert water.required.origin.set_by == "acme/commune"
    assert water.required.origin.citation.number == "1/QĐ-ACME"


def test_the_edition_in_force_is_picked_by_date(tmp_path: Path) -> None:
    for edition, first, last in (("a", "2020-01-01", "2020-12-31"), ("b", "2021-01-01", "2021-12-31")):
        (tmp_path / f"p@{edition}.yaml").write_text(
            minimal(edition=edition, valid=f"{{from: {first}, to: {last}}}"), encoding="utf-8"
        )
    catalogue = Catalogue((Bundle("t", tmp_path),))
    assert catalogue.load("t/p", on="2020-06-01").edition == "a"
    assert catalogue.load("t/p").edition == "b"
    assert catalogue.load("t/p@a").edition == "a"
    with pytest.raises(CatalogueError, match="applies to 2021-12-31"):
        catalogue.load("t/p", on="2025-01-01")
    with pytest.raises(CatalogueError, match="a, b"):
        catalogue.load("t/p@c")
    with pytest.raises(CatalogueError, match="Did you mean: t/p"):
        catalogue.load("t/q")
    with pytest.raises(CatalogueError, match="vn/commune@2021-2025"):
        catalogue.load("not a pack")


def minimal(name: str = "p", edition: str = "1", valid: str = "{}", extends: str = "") -> str:
    """A small valid pack, or overlay, as text."""
    head = f"id: t/{name}\nedition: '{edition}'\ntitle: T\nvalid: {valid}\n"
    if extends:
        return f"{head}extends: {extends}\n"
    return f"""{head}applies_to: [commune]
legal_basis: [{{id: d, number: 1/QĐ}}]
source: {{basis: d, verification: recalled}}
criteria:
  - code: "1"
    title: C
    indicators:
      - {{code: "1.1", text: I, requires: {{finding: met}}}}
"""


def catalogue_of(folder: Path, **files: str) -> Catalogue:
    for name, text in files.items():
        (folder / f"{name}@1.yaml").write_text(text, encoding="utf-8")
    return Catalogue((Bundle("t", folder),))


def test_chains_of_overlays_are_followed(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, p=minimal(), q=minimal("q", extends="t/p@1"), r=minimal("r", extends="t/q@1"))
    pack = catalogue.load("t/r")
    assert pack.extends == ("t/q@1", "t/p@1")
    assert pack.title_id == "t/p"


def test_overlays_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, q=minimal("q", extends="t/r@1"), r=minimal("r", extends="t/q@1"))
    with pytest.raises(PackError, match="in a circle"):
        catalogue.load("t/q")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("q@1.yaml", minimal("p"), "the file says t/p@1"),
        ("noedition.yaml", minimal("p"), "name@edition.yaml"),
    ],
)
def test_a_file_must_be_named_as_what_it_holds(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises((CatalogueError, PackError), match=said):
        Catalogue((Bundle("t", tmp_path),)).packs()


def test_a_file_that_leads_out_of_its_bundle_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(minimal(), encoding="utf-8")
    inside = tmp_path / "bundle"
    inside.mkdir()
    (inside / "p@1.yaml").symlink_to(outside)
    with pytest.raises(CatalogueError, match="leads out"):
        Catalogue((Bundle("t", inside),))


def test_two_bundles_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="vn"):
        Catalogue((*installed().bundles, Bundle("vn", tmp_path)))


MEASURE = "measures: [{id: m, name: M, unit: '%%', better: %s}]\n"


def test_two_bundles_that_define_a_measure_differently_are_refused(tmp_path: Path) -> None:
    bundles = []
    for namespace, better in (("a", "higher"), ("b", "lower")):
        folder = tmp_path / namespace / "measures"
        folder.mkdir(parents=True)
        (folder / "m.yaml").write_text(MEASURE % better, encoding="utf-8")
        bundles.append(Bundle(namespace, folder.parent))
    with pytest.raises(PackError, match=r"b/measures/m.yaml:1.*“m”.*a/measures/m.yaml"):
        _ = Catalogue(tuple(bundles)).measures


def test_two_bundles_that_agree_on_a_measure_share_it(tmp_path: Path) -> None:
    bundles = []
    for namespace in ("a", "b"):
        folder = tmp_path / namespace / "measures"
        folder.mkdir(parents=True)
        (folder / "m.yaml").write_text(MEASURE % "higher", encoding="utf-8")
        bundles.append(Bundle(namespace, folder.parent))
    assert list(Catalogue(tuple(bundles)).measures) == ["m"]


def run(*command: str | Path, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, env={**os.environ, **environment}, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, and the wheel built from it."""
    pytest.importorskip("build", reason="the package `build` is not installed")
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", out, ROOT)
    run(sys.executable, "-m", "build", "--wheel", "--outdir", out, THIRD_PARTY)
    return out


def test_packs_are_found_from_an_installed_wheel_with_a_third_party_beside_it(built: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "v", system_site_packages=False)
    python = tmp_path / "v" / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-compile", *built.glob("*.whl"))
    listed = run(python, "-m", "ntm_rules.cli", "packs", "list", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert "vn/commune@2021-2025" in listed
    assert "hatinh/commune@2022-2025" in listed
    assert "acme/commune@1" in listed
    assert "Xã của Acme" in listed
    assert "181" in run(tmp_path / "v" / "bin" / "ntm-rules", "demo")
    assert (built / next(built.glob("ntm_rules-*.tar.gz")).name).exists()
