"""
What one person holds: which roles, and where. Decides what they may see and do, without asking the database again.

The querysets decide the same in SQL for what is written; pages are decided by this value, which a request reads once.
"""

from dataclasses import dataclass

from contracts.rules.roles import (
    ASKS_FOR_PAPERS,
    DISPUTES,
    ENTERS,
    EVERYWHERE,
    LOOKS_AFTER_PEOPLE,
    LOOKS_INTO_RETURNS,
    MINUTES,
    READS_AUDIT,
    READS_EXEMPT,
    SUBMITS,
    VERIFIES,
    Role,
)


@dataclass(frozen=True, slots=True)
class Post:
    """One role for one contract, named by its reference; for one service area of it, or for all where ``None``."""

    role: Role
    contract: str
    area: int | None = None
    """The area's primary key."""


@dataclass(frozen=True, slots=True)
class Held:
    """The roles of a person, and the posts they fill: their own, and those they deputise for."""

    roles: frozenset[Role] = frozenset()
    posts: frozenset[Post] = frozenset()
    is_superuser: bool = False
    came_by_code: bool = False
    """Signed in with nothing but a code sent by e-mail: good enough for what is public, and not for what is exempt."""

    @property
    def is_administrator(self) -> bool:
        return self.is_superuser or Role.ADMINISTRATOR in self.roles

    @property
    def acts_in(self) -> frozenset[Role]:
        """The roles in which they act anywhere, deputies among them."""
        everywhere = self.roles & EVERYWHERE | ({Role.ADMINISTRATOR} if self.is_superuser else set())
        return frozenset(post.role for post in self.posts) | everywhere

    @property
    def looks_after_people(self) -> bool:
        """Whether they add people, and give and take roles."""
        return self.is_superuser or not self.roles.isdisjoint(LOOKS_AFTER_PEOPLE)

    @property
    def reads_audit(self) -> bool:
        """Whether the audit of some contract is theirs to read; never after coming in with a code alone."""
        managed = any(post.role in READS_AUDIT for post in self.posts)
        return not self.came_by_code and (self.is_administrator or managed)

    @property
    def sees_everything(self) -> bool:
        return self.is_superuser or not self.roles.isdisjoint(EVERYWHERE)

    def sees(self, contract: str) -> bool:
        return self.sees_everything or any(post.contract == contract for post in self.posts)

    def fills(self, roles: frozenset[Role], contract: str) -> bool:
        """Whether they act in one of the roles for this contract or an area of it; seeing everything is not enough."""
        return any(post.role in roles and post.contract == contract for post in self.posts)

    def fills_at(self, roles: frozenset[Role], contract: str, area: int) -> bool:
        """Whether they act in one of the roles for this service area: by name, or for the whole of its contract."""
        return any(
            post.role in roles and post.contract == contract and post.area in (None, area) for post in self.posts
        )

    def roles_at(self, contract: str) -> frozenset[Role]:
        """
        The roles in which they act for this contract: by a post in it, or because the role is held everywhere.

        Who may do everything in the database is an administrator here, and no more than that: nobody signs a paper off,
        or records its publication, by having set the installation up.
        """
        everywhere = self.roles & EVERYWHERE | ({Role.ADMINISTRATOR} if self.is_superuser else set())
        return frozenset(post.role for post in self.posts if post.contract == contract) | everywhere

    def holds(self, roles: frozenset[Role], contract: str) -> bool:
        """Whether one of the roles is theirs for this contract: by a post in it, or because it is held everywhere."""
        return not roles.isdisjoint(self.roles_at(contract))

    def reads_exempt(self, contract: str) -> bool:
        """Whether they open what is not for publication."""
        return not self.came_by_code and self.holds(READS_EXEMPT, contract)

    def manages(self, contract: str) -> bool:
        """Whether they are its contract manager, or stand in for who is: looking after everything is not enough."""
        return self.fills(VERIFIES, contract)

    def minutes(self, contract: str) -> bool:
        """Whether they minute what the Board asks of this contract."""
        return self.holds(MINUTES, contract)

    def asks_for_papers(self, contract: str) -> bool:
        """Whether they have papers of this contract written, and look after that work."""
        return self.holds(ASKS_FOR_PAPERS, contract)

    def disputes(self, contract: str, area: int) -> bool:
        """Whether they may dispute the verified figures of this service area."""
        return self.fills_at(DISPUTES, contract, area)

    def enters(self, contract: str, area: int) -> bool:
        return self.fills_at(ENTERS, contract, area)

    def submits(self, contract: str, area: int) -> bool:
        return self.fills_at(SUBMITS, contract, area)

    def looks_into(self, contract: str, area: int) -> bool:
        return self.is_administrator or self.fills_at(LOOKS_INTO_RETURNS, contract, area)

    def looks_into_some(self, contract: str) -> bool:
        """Whether any return of this contract is theirs to open."""
        return self.is_administrator or self.fills(LOOKS_INTO_RETURNS, contract)
