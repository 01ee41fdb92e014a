"""Files that people sent: Telegram hands them out for as long as the bot exists, but none above 20 MB."""

from datetime import timedelta

from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.messages import Fetched, FetchOutcome, Throttled, Unreachable
from flows.margin.filing import LARGEST


async def fetched(bot: Bot, reference: str) -> FetchOutcome:
    """The content of a file, by its `file_id`; see `bot.messages.Source`."""
    try:
        found = await bot.get_file(reference)
        if (found.file_size or 0) > LARGEST:
            return None
        return Fetched(bytes(await found.download_as_bytearray()))
    except RetryAfter as error:
        return Throttled(seconds(error))
    except (BadRequest, Forbidden, InvalidToken):  # too big, or not known any more
        return None
    except TelegramError as error:
        return Unreachable(type(error).__name__)


def seconds(error: RetryAfter) -> float:
    """How long Telegram wants us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
