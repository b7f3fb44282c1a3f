"""The user's guide (docs/huong-dan.md) as a page of the app, with its pictures; nothing of it comes from elsewhere."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

GUIDE_PATH = "/huong-dan"
_FOLDER = Path(__file__).parents[2] / "docs"
_FILE = _FOLDER / "huong-dan.md"


def guide_exists() -> bool:
    """Whether the guide lies beside the program; an installation without docs/ has none."""
    return _FILE.is_file()


def guide_html(markdown: str) -> str:
    """The guide as a whole HTML page; HTML in the Markdown is shown as text."""
    from markdown_it import MarkdownIt

    title = next((line.removeprefix("# ") for line in markdown.splitlines() if line.startswith("# ")), "planqa")
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    body = body.replace('<img src="', f'<img src="{GUIDE_PATH}/')
    style = files("qa").joinpath("assets", "guide.css").read_text(encoding="utf-8")
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}</style></head>"
        f'<body><nav><a href="/">← planqa</a></nav><main>{body}</main></body></html>'
    )


def add_guide(app: Any) -> None:
    """Serve the guide at `GUIDE_PATH`, and its pictures beside it; must come before what is mounted at "/"."""
    if not guide_exists():
        return
    from starlette.responses import FileResponse, HTMLResponse, Response

    async def page(_: Any) -> Response:
        return HTMLResponse(guide_html(_FILE.read_text(encoding="utf-8")))

    async def picture(request: Any) -> Response:
        name = request.path_params["name"]
        pictures = {path.name: path for path in _FOLDER.glob("*.png")}
        return FileResponse(pictures[name]) if name in pictures else Response("not found", status_code=404)

    app.add_route(GUIDE_PATH, page)
    app.add_route(f"{GUIDE_PATH}/{{name}}", picture)
