"""What is known of one person."""

from typing import Any

from armsdb.models.roles import Role

from .base import Profile


class PersonProfile(Profile):
    """The public roles of a person, what is told of them, and what they say."""

    @property
    def _roles(self) -> Any:
        return self._told(Role).filter(person=self.entity)

    @property
    def undated_roles(self) -> list[Role]:
        """The roles of which no source tells the time."""
        return [role for role in self.roles if not role.period]
