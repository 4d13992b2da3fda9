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
    KEEPS_CALENDAR,
    LOOKS_AFTER_PEOPLE,
    LOOKS_INTO_RETURNS,
    MINUTES,
    READS_AUDIT,
    READS_EXEMPT,
    READS_TYPED,
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
    """Their session began with a code sent by e-mail: good enough for what is public, and not for what is exempt."""

    @property
    def everywhere(self) -> frozenset[Role]:
        """
        The roles in which they act for every contract there is.

        Who may do everything in the database is an administrator here, and no more than that: nobody signs a paper off,
        or records its publication, by having set the installation up.
        """
        return self.roles & EVERYWHERE | ({Role.ADMINISTRATOR} if self.is_superuser else set())

    @property
    def acts_in(self) -> frozenset[Role]:
        """The roles in which they act anywhere, deputies among them."""
        return frozenset(post.role for post in self.posts) | self.everywhere

    @property
    def looks_after_people(self) -> bool:
        """Whether they add people, give and take roles, and read everybody's e-mails."""
        return not self.everywhere.isdisjoint(LOOKS_AFTER_PEOPLE)

    @property
    def keeps_calendars(self) -> bool:
        """Whether they plan meetings: of every board, for a board may watch several contracts."""
        return self.is_superuser or not self.roles.isdisjoint(KEEPS_CALENDAR)

    @property
    def reads_audit(self) -> bool:
        """Whether the audit of some contract is theirs to read; never after coming in with a code alone."""
        return not self.came_by_code and not self.acts_in.isdisjoint(READS_AUDIT)

    @property
    def reads_all_audit(self) -> bool:
        """Whether all of the audit is theirs, with what belongs to no contract."""
        return not self.came_by_code and not self.everywhere.isdisjoint(READS_AUDIT)

    @property
    def sees_everything(self) -> bool:
        return bool(self.everywhere)

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
        """The roles in which they act for this contract: by a post in it, or because the role is held everywhere."""
        return frozenset(post.role for post in self.posts if post.contract == contract) | self.everywhere

    def holds(self, roles: frozenset[Role], contract: str) -> bool:
        """Whether one of the roles is theirs for this contract: by a post in it, or because it is held everywhere."""
        return not roles.isdisjoint(self.roles_at(contract))

    def holds_at(self, roles: frozenset[Role], contract: str, area: int) -> bool:
        """Whether one of the roles is theirs for this service area: by a post, or because it is held everywhere."""
        return self.fills_at(roles, contract, area) or not roles.isdisjoint(self.everywhere)

    def hears_every_question(self, contract: str) -> bool:
        """Whether more than those that are the supplier's to answer are theirs to see, of a contract that they see."""
        return bool(self.roles_at(contract) - {Role.SUPPLIER})

    def reads_exempt(self, contract: str) -> bool:
        """Whether they open what is not for publication."""
        return not self.came_by_code and self.holds(READS_EXEMPT, contract)

    def reads_audit_of(self, contract: str) -> bool:
        """Whether the audit of this contract is theirs to read."""
        return not self.came_by_code and self.holds(READS_AUDIT, contract)

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
        return self.holds_at(LOOKS_INTO_RETURNS, contract, area)

    def reads_typed(self, contract: str, area: int) -> bool:
        """Whether they read what is typed into the area's return before it is submitted."""
        return self.holds_at(READS_TYPED, contract, area)

    def looks_into_some(self, contract: str) -> bool:
        """Whether any return of this contract is theirs to open."""
        return self.holds(LOOKS_INTO_RETURNS, contract)
