"""The page's own head in gradio's HTML."""

from __future__ import annotations

from qa.page.page_head import own_head

GRADIO = """<!doctype html>
<html
	lang="en"
	style="margin: 0">
	<head>
		<meta property="og:title" content="Gradio" />
		<meta
			property="og:image"
			content="https://example.org/image.jpg"
		/>
		<meta name="viewport" content="width=device-width" />
		<link rel="preconnect" href="https://fonts.example.org" />
		<script src="https://cdn.example.org/x.js" async></script>
		<title>x</title>
		<script>window.gradio_config = {"head": "\\u003c/head>"};</script>
	</head><body></body></html>"""


def test_nothing_of_gradio_or_another_host_is_left() -> None:
    html = own_head(GRADIO, "first()", "last()")
    assert "example.org" not in html and "Gradio" not in html
    assert 'lang="vi"' in html and 'lang="en"' not in html
    assert '<meta name="viewport" content="width=device-width" />' in html
    assert html.index("first()") < html.index("gradio_config") < html.index("last()")
