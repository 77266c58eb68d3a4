"""A small application: facts come in, verdicts are kept with what made them, and a page tells what has changed since.

Run with ``uvicorn examples.embedding:app`` (needs the extra ``service`` and SQLAlchemy).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from html import escape
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.responses import HTMLResponse
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

import ntm_rules as ntm


class Base(DeclarativeBase): ...


class Kept(Base):
    __tablename__ = "kept"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    verdict: Mapped[str]
    digests: Mapped[str]  # of the texts of the law that were read
    facts: Mapped[str]
    answer: Mapped[str]


engine = create_engine("sqlite:///kept.db")
app = FastAPI()


def session() -> Iterator[Session]:
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened


@app.post("/units")
def judge(snapshot: ntm.Snapshot, db: Annotated[Session, Depends(session)]) -> ntm.Assessment:
    result = ntm.evaluate("hatinh/commune", snapshot)
    digests = " ".join(text.digest[:12] for text in result.made_by.texts) if result.made_by else ""
    kept = {"at": datetime.now(), "verdict": result.verdict.value, "digests": digests}
    db.add(Kept(unit=snapshot.unit.id, facts=snapshot.model_dump_json(), answer=result.to_json(), **kept))
    db.commit()
    return result


@app.get("/changes", response_class=HTMLResponse)
def changes(db: Annotated[Session, Depends(session)], days: int = 1) -> str:
    """What has come out differently since yesterday, unit by unit, and whether the law or the facts have changed."""
    since, rows = datetime.now() - timedelta(days=days), ""
    for unit in db.scalars(select(Kept.unit).distinct().order_by(Kept.unit)):
        held = db.scalars(select(Kept).where(Kept.unit == unit).order_by(Kept.at)).all()
        before, now = next((one for one in reversed(held) if one.at < since), held[0]), held[-1]
        was, came = (ntm.Assessment.from_json(one.answer) for one in (before, now))
        codes = [code for code in came if code not in was or came[code].verdict is not was[code].verdict]
        if codes:
            why = "số liệu" if before.digests == now.digests else "bộ tiêu chí"
            rows += f"<tr><td>{escape(unit)}<td>{was.verdict} → {came.verdict}<td>{', '.join(codes)}<td>{why}"
    return f"<table><tr><th>Đơn vị<th>Kết quả<th>Nội dung đã khác<th>Vì{rows}</table>"
