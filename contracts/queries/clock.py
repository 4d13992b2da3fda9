"""The database's clock: the one that all machines share, whatever their own say."""

from datetime import datetime
from typing import cast

from django.db import connection
from django.utils import timezone

from contracts.readings import Reading
from contracts.rows import Wanted, instant


def database_now() -> datetime:
    """What time it is there. One query; a SQLite lies on this machine and goes by its clock."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cast(datetime, cursor.fetchone()[0])


def read_database_now() -> Reading[datetime]:
    """The same in one step beside whatever else is read; in none where this machine's clock is the database's."""
    if connection.vendor != "postgresql":
        return timezone.now()
    (((now,),),) = yield (Wanted("clock_timestamp()", ""),)
    return instant(now)
