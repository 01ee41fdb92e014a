"""The prompt that hands out a workbook."""

from flows.prompts import Prompt


class Workbook(Prompt, frozen=True):
    """The Excel workbook, filled in at delivery: of one department ("" for all), `blank` or with the asker's answers.

    `city` is the id or name of the one that an expert asks for; everybody else means their own.
    """

    department: str = ""
    blank: bool = False
    city: str = ""
