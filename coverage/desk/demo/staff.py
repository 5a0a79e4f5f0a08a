"""Who works at the demo newsroom."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group

from coverage.desk.demo.keeping import facts, kept
from coverage.newsroom.models import User
from coverage.newsroom.roles import Role
from reviews.models import Review, Reviewer


@dataclass
class Staff:
    """Accounts and bylines, by user name and by slug."""

    users: dict[str, User] = field(default_factory=dict)
    reviewers: dict[str, Reviewer] = field(default_factory=dict)

    def hire(self, username: str, person: dict[str, Any]) -> None:
        """An account with its role."""
        first, _, last = person["name"].partition(" ")
        user = User(username=username, first_name=first, last_name=last, is_staff=True)
        user.email = f"{username}@newsroom.example"
        user.set_password(person["password"])
        self.users[username] = kept(user)
        user.groups.add(Group.objects.get(name=Role(person["role"]).value))

    def introduce(self, slug: str, person: dict[str, Any]) -> None:
        """A byline; without an account it is a guest's."""
        user = self.users.get(person.get("account", ""))
        reviewer = Reviewer(byline=person["byline"], slug=slug, user=user, bio=person["bio"])
        self.reviewers[slug] = kept(reviewer)

    def writer_of(self, reviewer: Reviewer) -> User:
        """Who brings a piece in: the reviewer, or an editor for a guest."""
        return reviewer.user or self.users["editor"]

    def approver_of(self, review: Review) -> User:
        """An editor who has no part in the piece."""
        editors = [self.users["editor"], self.users["second-editor"], self.users["chief"]]
        return next(user for user in editors if not review.is_written_by(user))


def accounts() -> dict[str, dict[str, str]]:
    """User names with their name, role and password."""
    people: dict[str, dict[str, str]] = facts("staff.toml")["accounts"]
    return people


def hire_staff() -> Staff:
    staff = Staff()
    for username, person in accounts().items():
        staff.hire(username, person)
    for slug, person in facts("staff.toml")["reviewers"].items():
        staff.introduce(slug, person)
    return staff
