"""Until when papers are kept: so many years after the meeting they were for, which a board decides for itself."""

from datetime import date


def kept_until(meeting_on: date, years: int) -> date:
    """The last day on which a paper of that meeting is kept; the 28th stands for a 29 February that there is not."""
    try:
        return meeting_on.replace(year=meeting_on.year + years)
    except ValueError:
        return date(meeting_on.year + years, 2, 28)
