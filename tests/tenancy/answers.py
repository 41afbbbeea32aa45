"""The words that the matrix is written in: who asks, how far something reaches, and what a table must answer.

Where the policy table says it (`cloud_api/auth/policy.py`), an answer is made from its rows with `by` and
`who`; where it says nothing, it is written out. Expected answers are data: a table, view, function or route
without any makes `test_tables.py` or `test_routes.py` fail and name it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from cloud_api.auth.policy import POLICY, Action, Actor, Scope


class Who(StrEnum):
    """Everybody who may come to the database, with their claims; first those who show most mistakes."""

    RECRUITER = "recruiter"
    DEVICE = "device"
    ADMIN = "admin"
    MANAGER = "manager"
    SWITCHED_OFF = "switched_off"
    REVOKED = "revoked"
    BORROWED = "borrowed"  # a colleague's name with the recruiter's computer
    FOREIGN_RECRUITER = "foreign_recruiter"
    FOREIGN_MANAGER = "foreign_manager"
    FOREIGN_ADMIN = "foreign_admin"
    FOREIGN_DEVICE = "foreign_device"
    NOBODY = "nobody"  # `authenticated`, without claims
    ANON = "anon"
    LOGIN = "login"  # the API's login role, before it has become anybody
    SERVICE = "service"


WITHOUT_RIGHTS = (Who.ANON, Who.LOGIN, Who.SERVICE)
"""Roles that the database itself gives nothing: each verb on each table is refused by a missing grant."""

ACTOR_OF: Mapping[Who, Actor] = {
    Who.RECRUITER: Actor.RECRUITER,
    Who.MANAGER: Actor.MANAGER,
    Who.ADMIN: Actor.ADMIN,
    Who.DEVICE: Actor.DEVICE,
    Who.FOREIGN_RECRUITER: Actor.RECRUITER,
    Who.FOREIGN_MANAGER: Actor.MANAGER,
    Who.FOREIGN_ADMIN: Actor.ADMIN,
    Who.FOREIGN_DEVICE: Actor.DEVICE,
}
"""Who is somebody: they may in their own office what the others may in theirs, and in no other."""


class Reach(IntEnum):
    """Whose rows a statement without a condition touches."""

    NOTHING = 0
    DEVICE = 1  # of this computer
    PERSON = 2  # of this person, whatever the computer
    OTHERS = 3  # of the office, but not one's own
    OFFICE = 4
    ALL = 5


Reaches = Mapping[Actor, Reach]
NONE: Reaches = {}
EVERYBODY: Reaches = dict.fromkeys(Actor, Reach.OFFICE)
PEOPLE = frozenset({Actor.RECRUITER, Actor.MANAGER, Actor.ADMIN})
OFFICE_OF_PEOPLE: Reaches = dict.fromkeys(PEOPLE, Reach.OFFICE)
OWN_OF_PEOPLE: Reaches = dict.fromkeys(PEOPLE, Reach.PERSON)


def by(*actions: Action, device: Reach | None = None) -> Reaches:
    """Return what these rows of the policy table let each actor reach.

    Args:
        actions: the widest of their scopes counts.
        device: what a computer reaches, where the table's word `own` is not "of this computer".
    """
    found: dict[Actor, Reach] = {}
    for action in actions:
        for actor, scope in POLICY[action].items():
            own = Reach.DEVICE if actor is Actor.DEVICE else Reach.PERSON
            found[actor] = max(found.get(actor, Reach.NOTHING), own if scope is Scope.OWN else Reach.OFFICE)
    return found if device is None else {**found, Actor.DEVICE: device}


def who(*actions: Action) -> frozenset[Actor]:
    """Return whom any of these rows of the policy table lets."""
    return frozenset(actor for action in actions for actor in POLICY[action])


@dataclass(frozen=True)
class Insert:
    """A statement that adds one row, and who may run it.

    Attributes:
        statement: with the parameters of `tests.tenancy.cast.Owner`, such as ``%(organisation_id)s``.
        may: the actors who may add a row of their own. Nobody ever adds one to another office.
        own: the parameters that must be the caller's own; one that is not named may be any of the office.
        tied: the parameters that must be of the computer that is named, not of another of the same person.
        before: statements that the superuser runs before each try, with the owner's parameters.
    """

    statement: str
    may: frozenset[Actor]
    own: frozenset[str] = frozenset()
    tied: frozenset[str] = frozenset()
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Update:
    """``update app.<table> <statement>`` without any condition, and whose rows it may change."""

    statement: str
    reaches: Reaches
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """What a table or view answers.

    Attributes:
        name: in schema `app`.
        select: whose rows each actor sees.
        inserts: the first one is also how the cast gets a row of it each.
        updates: nobody may update when there is none.
        delete: whose rows each actor may delete.
        writable: every column that `authenticated` may update.
        hidden: columns that nobody may read.
        rows: how its rows are told apart: by the first `Insert` ("made"), or because they are there with each
            office ("office"), person ("person"), computer ("device"), for all ("shared"), or are those of
            another table (its name).
        after: statements that the superuser runs once the cast has its rows.
        gives: the parameter that holds the id of an owner's row for the tables after it: the last of its key.
        key: the columns that name a row; a table's primary key by default.
        reading: a query in place of ``select <key> from app.<name>``, for functions that return rows;
            ``%(keys)s`` are the keys of all rows.
        everyone: `select` reaches all rows for whoever is `authenticated`, even without claims.
    """

    name: str
    select: Reaches
    inserts: tuple[Insert, ...] = ()
    updates: tuple[Update, ...] = ()
    delete: Reaches = field(default_factory=dict)
    writable: str = ""
    hidden: str = ""
    rows: str = "made"
    after: tuple[str, ...] = ()
    gives: str = ""
    key: str = ""
    reading: str = ""
    everyone: bool = False
