"""No more of an upload reaches the disk than shows that it is too large."""

from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import QueryDict
from django.test import RequestFactory

MEGABYTE = 1024 * 1024


def received(size: int) -> int:
    sent = SimpleUploadedFile("a.txt", b"a" * size)
    request = RequestFactory().post("/", {"before": "1", "file": sent, "after": "2"})
    assert isinstance(request.POST, QueryDict)
    assert (request.POST["before"], request.POST["after"]) == ("1", "2")
    found = request.FILES["file"]
    assert isinstance(found, UploadedFile)
    length = len(found.read())
    request.close()
    return length


def test_a_file_within_the_limit_arrives_whole(settings: LazySettings) -> None:
    settings.UPLOAD_MAX_MB = 4
    for size in (10, MEGABYTE, 4 * MEGABYTE):
        assert received(size) == size


def test_an_endless_file_is_cut_just_beyond_the_limit_and_what_follows_it_arrives(settings: LazySettings) -> None:
    settings.UPLOAD_MAX_MB = 1
    for size in (2 * MEGABYTE, 6 * MEGABYTE):
        assert MEGABYTE < received(size) <= MEGABYTE + 2 * 64 * 1024
