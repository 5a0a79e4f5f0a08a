from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Someone with an account at the desk. What they may do hangs on their groups (see roles)."""

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()
