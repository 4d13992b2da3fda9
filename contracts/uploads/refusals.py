"""Why a file is not taken: one sentence for the person who handed it in, which names the file."""


class UploadRefused(ValueError):
    """The file is not taken. The words say which one, why, and what would be right."""


def damaged(name: str) -> UploadRefused:
    return UploadRefused(f"“{name}” is damaged and cannot be opened. Save it again and choose it anew.")


def locked(name: str) -> UploadRefused:
    return UploadRefused(f"“{name}” is locked by a password: hand it in without one.")


def with_macros(name: str) -> UploadRefused:
    return UploadRefused(
        f"“{name}” contains macros: programs that run when it is opened. Save a copy without them, or a PDF."
    )
