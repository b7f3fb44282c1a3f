"""A thousand addresses that ask for files elsewhere: none is answered with one, and none breaks the service."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from layers import Answer, asked, request
from web_library import Library

from qa.admin.web import admin_mount
from qa.server import web_app
from qa.service.settings import Limits, ServiceSettings

COUNT = 1_000
SECRET = "bi-mat-7f3a9c"
ROOT = Path(__file__).parents[2]
PREFIXES = (
    "/gradio_api/file=",
    "/gradio_api/file/",
    "/gradio_api/stream/",
    "/gradio_api/proxy=file://",
    "/gradio_api/",
    "/file=",
    "/static/",
    "/static/img/",
    "/assets/",
    "/custom_component/a/client/",
    "/api/documents/",
    "/api/documents?document=",
    "/api/",
    "/admin/",
    "/admin/remove?id=",
    "/huong-dan/",
    "/theme.css/",
    "/theme.css?x=",
    "/favicon.ico/",
    "/",
)
WAYS: tuple[Callable[[str], str], ...] = (
    lambda path: path,
    lambda path: "".join(f"%{byte:02x}" for byte in path.encode()),
    lambda path: "".join(f"%25{byte:02X}" for byte in path.encode()),
    lambda path: path.replace(".", "%c0%ae").replace("/", "%c0%af"),
    lambda path: path.replace(".", "%e0%80%ae").replace("/", "%e0%80%af"),
    lambda path: path.replace("/", "\\"),
    lambda path: path.replace("/", "%5c"),
    lambda path: path.replace("../", "....//"),
    lambda path: path.replace("../", "..;/"),
    lambda path: path.replace("/", "/./"),
    lambda path: path.replace("/", "//"),
    lambda path: path.replace("../", "%2e%2e%2f"),
    lambda path: path.replace(".", "%u002e"),
    lambda path: quote(path.replace(".", "．").replace("/", "／")),
    lambda path: f"{path}%00.css",
    lambda path: f"{path}%0d%0aX-Own:%201",
    lambda path: f"x/{path}?y=1#z",
    lambda path: f"file://{path}",
    lambda path: f"//127.0.0.1/{path}",
    lambda path: "\\\\127.0.0.1\\c$\\" + path.replace("/", "\\"),
)


def tricks(secret: Path) -> list[str]:
    """Addresses, a thousand of all that the parts above make."""
    up = "../" * 12
    wanted = (
        str(secret),
        f"{up}{str(secret).lstrip('/')}",
        f"{up}etc/passwd",
        "/etc/passwd",
        "../qa/app.py",
        "../../home.json",
    )
    every = [f"{prefix}{way(path)}" for prefix, path, way in itertools.product(PREFIXES, wanted, WAYS)]
    return random.Random(9).sample(sorted(set(every)), COUNT)


async def answers(app: Any, addresses: list[str]) -> list[Answer]:
    """What is answered, with the path as uvicorn decodes it and as it came."""
    given = []
    for address in addresses:
        raw, _, query = address.partition("?")
        scope = request(path=unquote(raw), query=query, host="testserver")
        scope.update(raw_path=raw.encode(), http_version="1.1", root_path="", server=("testserver", 80))
        given.append(await asked(app, scope))
    return given


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    (home / "secret.txt").write_text(SECRET)
    return home / "secret.txt"


def test_no_address_leads_to_a_file_elsewhere(secret: Path) -> None:
    often = Limits(others_burst=1e6, files_burst=1e6, questions_burst=1e6)

    async def all_of_them() -> list[Answer]:
        library: Any = Library()
        app = web_app(library, secret.parent, settings=ServiceSettings(often), mounts=[admin_mount(secret.parent)])
        return await answers(app, [*addresses, "/theme.css", "/api/documents"])

    addresses = tricks(secret)
    *given, style, documents = asyncio.run(all_of_them())
    assert (len(given), style[0], documents[0]) == (COUNT, 200, 200)  # what is meant to be served is
    leaks = (SECRET.encode(), Path("/etc/passwd").read_bytes()[:20], b"def build_app", b"from __future__")
    for address, (status, headers, body) in zip(addresses, given, strict=True):
        assert 200 <= status < 500, f"{status} {address}"
        assert not any(leak in body for leak in leaks), address
        assert "x-own" not in headers, address
        if status == 200:  # only where the trick stands in a query that asks for something else
            assert address.startswith(("/theme.css?", "/api/documents?", "/admin/remove?", "/?")), address
