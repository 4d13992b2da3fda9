"""
How many people sign a paper off.

Nobody answers alone for figures that nobody else looked at: who signs a paper whose results they entered, or whose
returns they verified, needs somebody beside them.
"""

from dataclasses import dataclass
from hashlib import sha256

from reports.rules.readiness import Finding


@dataclass(frozen=True, slots=True)
class Share:
    """What one person had to do with the figures of the months that a paper judges."""

    results_entered: int = 0
    returns_submitted: int = 0
    returns_verified: int = 0
    """Returns whose last word was this person's, with nobody verifying beside them."""


def key_of(finding: Finding) -> str:
    """`provisional-3f2a9c01`: what a finding is called where somebody says a word about it, the same on every page."""
    digest = sha256(f"{finding.kind}\n{finding.place}\n{finding.what}".encode()).hexdigest()
    return f"{finding.kind.replace(' ', '-')}-{digest[:8]}"


def why_second(share: Share) -> str:
    """
    Why somebody else signs too, to follow the words for who signed first: `entered 3 results and verified 1 return of
    the months that it judges`. Blank where one signature is enough.
    """
    done = [
        f"{verb} {number} {noun}{'' if number == 1 else 's'}"
        for verb, number, noun in (
            ("entered", share.results_entered, "result"),
            ("submitted", share.returns_submitted, "return"),
            ("verified", share.returns_verified, "return"),
        )
        if number
    ]
    if not done:
        return ""
    listed = done[0] if len(done) == 1 else f"{', '.join(done[:-1])} and {done[-1]}"
    return f"{listed} of the months that it judges"
