"""Files: uploaded by the app in three steps, shared by people, and fetched with the token."""

import mimetypes
import time
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from tests.fakes.slack_account import Account, File
from tests.fakes.slack_workspace import RefusedError, Shown, Workspace, stamp

Params = dict[str, Any]

LARGEST = 1024**3


def described(account: Account, workspace: Workspace, name: str, size: int, author: str) -> dict[str, Any]:
    """A new file, as files.info has it."""
    file_id = f"F0{account.number():05d}"
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    address = f"{account.root}/files-pri/{workspace.id}-{file_id}"
    return {
        "id": file_id,
        "created": int(time.time()),
        "name": name,
        "title": name,
        "mimetype": kind,
        "filetype": PurePath(name).suffix.removeprefix(".") or "binary",
        "user": author,
        "user_team": workspace.id,
        "size": size,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "url_private": f"{address}/{name}",
        "url_private_download": f"{address}/download/{name}",
        "shares": {},
        "file_access": "visible",
    }


def upload_url(account: Account, workspace: Workspace, params: Params) -> Params:
    """Step one: where the content may be posted."""
    length = int(params["length"])
    if not 1 <= length <= LARGEST:
        raise RefusedError("file_upload_size_restricted" if length else "invalid_arguments")
    about = described(account, workspace, params["filename"], length, workspace.bot_user)
    alt = params.get("alt_txt") or params.get("alt_text")
    account.files[about["id"]] = File(about | ({"alt_txt": alt} if alt else {}), workspace.id)
    return {"upload_url": f"{account.root}/upload/v1/{about['id']}", "file_id": about["id"]}


def upload(account: Account, file_id: str, content: bytes) -> tuple[int, str]:
    """Step two: a status and a text, as the upload's address answers."""
    with account.changed:
        file = account.files.get(file_id)
        if file is None or file.content is not None:
            return 404, "not found"
        if len(content) != file.about["size"]:
            account.faults.append(f"upload: {len(content)} bytes, {file.about['size']} announced")
            return 400, "wrong length"
        file.content = content
        return 200, f"OK - {len(content)}"


def complete(account: Account, workspace: Workspace, params: Params) -> Params:
    """Step three: the files are there, and shared in a channel if one is named."""
    files = [_uploaded(account, workspace, each["id"]) for each in params["files"]]
    channel = None
    if "channel_id" in params:
        channel = workspace.writable(_no_person(params["channel_id"]))
    for file, named in zip(files, params["files"], strict=True):
        file.shared = True
        file.about["title"] = named.get("title", file.about["name"])
    if channel:
        shown = Shown(stamp(), workspace.bot_user, thread=params.get("thread_ts", ""))
        if shown.thread and shown.thread not in channel.shown:
            raise RefusedError("thread_not_found")
        shown.show([file.about for file in files], files[0].content or b"")
        # Slack leaves the blocks away where there is a comment.
        shown.say(params.get("initial_comment", ""), [] if "initial_comment" in params else params.get("blocks", []))
        for file in files:
            share(file, channel.id, shown.id, private=bool(channel.user or channel.private))
        account.post(workspace, channel, shown)
    return {"files": [{"id": file.about["id"], "title": file.about["title"]} for file in files]}


def share(file: File, channel: str, ts: str, *, private: bool) -> None:
    """Notes where a file was shared, as files.info tells it."""
    file.shared = True
    shares = file.about["shares"].setdefault("private" if private else "public", {})
    shares.setdefault(channel, []).append({"ts": ts})


def file_info(account: Account, workspace: Workspace, params: Params) -> Params:
    """A file by its id."""
    file = account.file(params["file"], workspace.id)
    if file.content is None:
        raise RefusedError("file_not_found")
    return {"file": file.about, "comments": [], "response_metadata": {"next_cursor": ""}}


def pictured(account: Account, workspace: Workspace, picture: Mapping[str, Any]) -> File | None:
    """The uploaded file that a picture shows; None if it shows one of elsewhere. Slack's refusal if there is none."""
    if "slack_file" not in picture:
        return None
    named = picture["slack_file"]
    for file in account.files.values():
        about = file.about
        known = named.get("id") == about["id"] or named.get("url") in (
            about["url_private"],
            about["url_private_download"],
        )
        if known and file.team == workspace.id and file.content is not None and file.shared:
            return file
    raise RefusedError("invalid_blocks", errors=["invalid slack file"])


def fetched(account: Account, name: str, bearer: str | None) -> tuple[int, bytes, str]:
    """A private file with its kind; without a good token, the page that asks people to sign in."""
    team, _, file_id = name.partition("-")
    with account.changed:
        try:
            token = account.tokens.found(bearer, "files.info")
            file = account.file(file_id, team)
        except RefusedError:
            return 200, b"<!DOCTYPE html><title>Sign in</title>", "text/html; charset=utf-8"
        if token.team != team or file.content is None:
            return 404, b"", "text/plain"
        return 200, file.content, file.about["mimetype"]


def _uploaded(account: Account, workspace: Workspace, file_id: str) -> File:
    file = account.file(file_id, workspace.id)
    if file.content is None or file.shared:
        raise RefusedError("file_not_found")
    return file


def _no_person(channel_id: str) -> str:
    """A channel's id: this method does not open the direct message of a person whose id it is given."""
    if channel_id.startswith(("U", "W")):
        raise RefusedError("channel_not_found")
    return channel_id
