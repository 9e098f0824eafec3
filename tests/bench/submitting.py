"""The last step of a felanmälan, timed alone: everything before it is done first, outside the watch."""

import statistics
import time
from collections.abc import Iterator

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.live.caller import standing_values
from tests.live.felanmalan import ANSWERS, START


class Submitter:
    """Reports street lights in-process."""

    def __init__(self, app: Flask, numbers: Iterator[int]) -> None:
        self.app, self.numbers = app, numbers

    def median(self, times: int) -> float:
        """Give the median milliseconds of the request that submits."""
        return statistics.median(self._one() for _ in range(times))

    def _one(self) -> float:
        client = self.app.test_client()
        for step, values in ANSWERS.items():
            self._step(client, step, {**values, "beskrivning": f"Lyktan är släckt. {next(self.numbers)}"})
        form = self._form(client, f"{START}/kontrollera")
        began = time.perf_counter()
        answer = client.post(f"{START}/kontrollera", data=form)
        took = (time.perf_counter() - began) * 1000
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return took

    def _step(self, client: FlaskClient, step: str, values: dict[str, str]) -> None:
        path = f"{START}/{step}"
        for _ in range(3):
            form = self._form(client, path)
            known = {name: value for name, value in values.items() if name in form or name in ANSWERS[step]}
            answer = client.post(path, data={**form, **known})
            if answer.status_code == 303 and not answer.headers["Location"].endswith(f"/{step}"):
                return
        raise AssertionError(f"{step} was not accepted")

    @staticmethod
    def _form(client: FlaskClient, path: str) -> dict[str, str]:
        return standing_values(BeautifulSoup(client.get(path).get_data(as_text=True), "html.parser"))
