"""What people shared: files, and messages that they forwarded."""

from datetime import UTC, datetime
from typing import Any

from bot.channels.slack.text import plain
from flows.events import AnyEvent, Attached, Sent

_KINDS = {"image": "photo", "video": "video", "audio": "audio"}


def attached(workspace: str, file: dict[str, Any], caption: str, group: str) -> AnyEvent:
    """A file that was shared: evidence, found again by its workspace and id; one that Slack hides is none."""
    if file.get("mode") in {"tombstone", "hidden_by_limit"} or not file.get("id"):
        return Sent("document")
    if file.get("is_external"):  # it is kept elsewhere, and our token is for Slack's eyes only
        return Attached("link", str(file.get("url_private") or file.get("permalink") or ""), caption)
    media = str(file.get("mimetype") or "")
    voice = file.get("subtype") == "slack_audio"
    return Attached(
        "voice" if voice else _KINDS.get(media.partition("/")[0], "document"),
        f"{workspace}/{file['id']}",
        caption,
        name=str(file.get("name") or ""),
        size=int(file.get("size") or 0),
        media=media,
        group=group,
    )


def forwarded(event: dict[str, Any]) -> AnyEvent | None:
    """Evidence in somebody else's words, where a message was forwarded, with one's own before it; None for others."""
    shared = next((one for one in event.get("attachments") or () if one.get("is_share")), None)
    if shared is None:
        return None
    told = [plain(one.get("text") or "").strip() for one in (event, shared)]
    written = shared.get("ts") or ""
    return Attached(
        "message",
        f"{shared.get('channel_id', '')}/{written}",
        "\n".join(filter(None, told)),
        dated=datetime.fromtimestamp(float(written), UTC) if written else None,
    )
