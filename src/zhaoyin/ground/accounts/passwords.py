"""What a new password must be, each rule in one sentence, and how passwords are hashed."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import password_validation as django_rules
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password
from django.core.exceptions import ValidationError

from .demo import DEMO_PASSWORD
from .models import User
from .rules.entrance import character_kinds

REMEMBERED = 5


class Hasher(Argon2PasswordHasher):
    """Argon2id at OWASP's first recommendation: 19 MiB, two passes, one lane. A stored hash of others is renewed at sign-in."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1


class _Sentence:
    """A rule that says the same before and after something was typed."""

    sentence = ""

    def get_help_text(self) -> str:
        """The rule, before anything was typed."""
        return self.sentence

    def refuse(self) -> None:
        """Raise ValidationError with the rule's sentence."""
        raise ValidationError(self.sentence)


class Length(_Sentence):
    """At least `min_length` characters."""

    def __init__(self, min_length: int = 10) -> None:
        self.min_length = min_length
        self.sentence = f"密码至少 {min_length} 位。"

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for a shorter one."""
        if len(password) < self.min_length:
            self.refuse()


class Kinds(_Sentence):
    """Three of four kinds of characters."""

    sentence = "大写字母、小写字母、数字、符号，至少含其中三种。"

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for fewer kinds."""
        if character_kinds(password) < 3:
            self.refuse()


class Common(_Sentence, django_rules.CommonPasswordValidator):
    """Not one of the 20,000 that are tried first, nor one printed in this product."""

    sentence = "不能用常见密码，别人会先试这些。"

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a common one, with or without digits and marks around it."""
        bare = password.lower().strip()
        if {bare, bare.strip("0123456789!@#$%^&*._-")} & self.passwords or password == DEMO_PASSWORD:
            self.refuse()


class Unlike(_Sentence, django_rules.UserAttributeSimilarityValidator):
    """Not like the account's name, the person's, or the telephone number."""

    sentence = "密码不能与登录名、姓名或手机号相近。"

    def __init__(self) -> None:
        super().__init__(user_attributes=("username", "name", "mobile"), max_similarity=0.6)

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for one that is mostly such a name, or holds it."""
        held = [str(getattr(user, one, "") or "").lower() for one in self.user_attributes]
        if any(len(one) > 3 and one in password.lower() for one in held):
            self.refuse()
        try:
            super().validate(password, user)
        except ValidationError:
            self.refuse()


class Unused(_Sentence):
    """None of the last few."""

    sentence = f"不能与最近 {REMEMBERED} 次用过的密码相同。"

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for the present password or one of those before it."""
        if user is None or user.pk is None:
            return
        old = user.old_passwords.order_by("-pk").values_list("hash", flat=True)[: REMEMBERED - 1]
        # The present hash is read anew: whoever sets a password may have changed the loaded account already.
        present = User.objects.filter(pk=user.pk).values_list("password", flat=True)
        if any(check_password(password, one) for one in (*present, *old)):
            self.refuse()


def lasts(days: int) -> timedelta:
    """How long a password lasts: the setting's days, 0 for ever."""
    return timedelta(days=days) if days else timedelta.max
