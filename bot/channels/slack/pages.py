"""What a browser shows to whoever installs the bot: a plain page that says what happened and what to do next."""

from html import escape

from starlette.responses import HTMLResponse

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>body {{ font: 1.1rem/1.5 sans-serif; margin: 3rem auto; max-width: 36rem; padding: 0 1rem }}</style>
</head>
<body>
<h1>{title}</h1>
{paragraphs}
</body>
</html>
"""
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",  # the address holds the code
}


def page(status: int, title: str, *paragraphs: str, link: tuple[str, str] | None = None) -> HTMLResponse:
    """A page of texts, none of which is markup, and a link below them: what it says, and where it leads."""
    below = [f"<p>{escape(text)}</p>" for text in paragraphs]
    if link is not None:
        below.append(f'<p><a href="{escape(link[1])}">{escape(link[0])}</a></p>')
    return HTMLResponse(_PAGE.format(title=escape(title), paragraphs="\n".join(below)), status, headers=_HEADERS)
