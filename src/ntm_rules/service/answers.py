"""What is answered: exact numbers read, refusals with their codes in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine, Sequence
from decimal import Decimal
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from ..errors import CatalogueError, MissingExtraError, NtmError, Problem
from ..faults import problems_in
from ..messages import LANGS, say
from ..snapshot.quick import NotPlainError, decoded


class ExactRequest(Request):
    """A request whose numbers keep every digit: 79.99999999999999999999 is not 80, here as elsewhere."""

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            body = await self.body()
            try:
                self._json = decoded(body)
            except NotPlainError:
                self._json = json.loads(body, parse_float=Decimal)
        return self._json


class ExactRoute(APIRoute):
    """A route whose body is read so."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def exact(request: Request) -> Response:
            return await handle(ExactRequest(request.scope, request.receive))

        return exact


def told(problem: Problem) -> dict[str, object]:
    """A problem as it is answered: its code, where, and the sentence in both languages."""
    place = problem.place
    loc = list(place.keys or ((place.path,) if place.path else ()))
    where = {name: given for name in ("file", "line", "sheet", "cell") if (given := getattr(place, name))}
    return {
        "type": problem.key,
        "loc": loc,
        **{lang: say(problem.key, lang, **problem.params) for lang in LANGS},
        **where,
    }


def refusal(status: int, *problems: Problem) -> JSONResponse:
    """A refusal with everything that is wrong."""
    return JSONResponse({"detail": [told(problem) for problem in problems]}, status)


def refused(request: Request, error: Exception) -> Response:
    """An error of the library: 404 where something is not there, 501 where an extra is missing, else 422."""
    assert isinstance(error, NtmError)
    missing = isinstance(error, CatalogueError) and request.method == "GET"
    status = 404 if missing else 501 if isinstance(error, MissingExtraError) else 422
    return refusal(status, *error.problems)


def misread(request: Request, error: Exception) -> Response:
    """A body that is not what was asked for, under the codes the library has for it."""
    assert isinstance(error, RequestValidationError)
    faults: Sequence[Any] = error.errors()
    return refusal(422, *problems_in([{**fault, "loc": tuple(fault["loc"])[1:]} for fault in faults]))


def failed(request: Request, error: Exception) -> Response:
    """A fault of ours: nothing of it goes out."""
    return refusal(500, Problem("error.service_failed"))
