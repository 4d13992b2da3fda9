"""The versions of a contract's key list as they are stored, each with its lines; read beside whatever else is asked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from contracts.models import Contract
from contracts.prepared import given_key, prepared
from contracts.readings import Reading
from projects.models import KeyEntry, KeyExit, KeyList, NearMiss

OF_PROJECT = ("key_list", "project__reference", "project__title")


@dataclass(frozen=True, slots=True)
class KeyRows:
    """One version: the list itself, its entries, what left with it, and what nearly stood on it."""

    key_list: KeyList
    entries: tuple[KeyEntry, ...]
    exits: tuple[KeyExit, ...]
    near_misses: tuple[NearMiss, ...]


def read_key_rows(contract: Contract) -> Reading[list[KeyRows]]:
    """Every version, in the order in which they were made. One step."""
    lists, *lines = yield _rows(contract=contract.pk)
    by_list = [_by_list(rows) for rows in lines]
    return [KeyRows(each, *(tuple(rows[each.pk]) for rows in by_list)) for each in lists]


@prepared
def _rows() -> tuple[QuerySet[Any], ...]:
    contract = given_key("contract")
    entries = KeyEntry.objects.filter(key_list__contract=contract).order_by("key_list", "rank")
    exits = KeyExit.objects.filter(key_list__contract=contract).order_by("key_list", "project__reference")
    near_misses = NearMiss.objects.filter(key_list__contract=contract).order_by("key_list", "pk")
    return (
        KeyList.objects.filter(contract=contract).order_by("pk"),
        entries.select_related("project").only(*OF_PROJECT, "rank", "rationale"),
        exits.select_related("project").only(*OF_PROJECT, "reason"),
        near_misses.select_related("project").only(*OF_PROJECT, "reason"),
    )


def _by_list(rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    grouped: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.key_list_id].append(row)
    return grouped
