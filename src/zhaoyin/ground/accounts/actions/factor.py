"""The second factor: a code from the telephone (RFC 6238), and recovery codes for when it is not at hand."""

import hmac

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.organisations.actions import Refused

from .. import signals
from ..models import Session, User

LAST = "last_counter"


def counter_of(secret: str, code: str, after: int = 0) -> int | None:
    """The half minute, later than `after`, in which `secret` gives `code`; half a minute before and after now counts too."""
    given = code.encode()  # of words, only plain ones can be compared
    for counter in yield_hotp_counters_from_time():
        if counter > after and hmac.compare_digest(format_hotp_value(hotp_value(secret, counter)).encode(), given):
            return int(counter)
    return None


@transaction.atomic
def set_second_factor(*, by: User, secret: str, code: str, session: str | None = None) -> list[str] | None:
    """Give one's own account a second factor, in place of any it has, and end its other sessions.

    Returns the recovery codes, or None where `code` is not what `secret` gives now.
    """
    User.objects.select_for_update().get(pk=by.pk)
    counter = counter_of(secret, code)
    if counter is None:
        return None
    Authenticator.objects.filter(user=by).delete()
    made = TOTP.activate(by, secret).instance
    made.data[LAST] = counter  # this code has been used
    made.save()
    Session.objects.filter(user=by).exclude(pk=session or "").delete()
    signals.write("factor_set", by=by, user=by)
    return list(RecoveryCodes.activate(by).generate_codes())


@transaction.atomic
def use_code(*, by: User, code: str) -> bool:
    """Use up a code of the telephone's, or a recovery code. False for a wrong one, and for one that was used before."""
    bare = "".join(code.split()).replace("-", "")
    if not (bare.isascii() and bare.isdecimal()):
        return False
    # Both rows are held, so that of two who come with the same code at once the second is refused.
    for row in Authenticator.objects.select_for_update().filter(user=by).order_by("pk"):
        if row.type == Authenticator.Type.TOTP:
            counter = counter_of(decrypt(row.data["secret"]), bare, row.data.get(LAST, 0))
            if counter is not None:
                row.data[LAST] = counter
                row.save()
                return True
        elif row.type == Authenticator.Type.RECOVERY_CODES and RecoveryCodes(row).validate_code(bare):
            signals.write("recovery_code_used", by=by, user=by)
            return True
    return False


@transaction.atomic
def renew_recovery_codes(*, by: User) -> list[str]:
    """New recovery codes for one's own account; the old ones are void."""
    User.objects.select_for_update().get(pk=by.pk)
    Authenticator.objects.filter(user=by, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes = list(RecoveryCodes.activate(by).generate_codes())
    signals.write("recovery_codes_renewed", by=by, user=by)
    return codes


@transaction.atomic
def reset_second_factor(*, by: User | None, user: User) -> None:
    """Take the second factor away from somebody who has lost it, and end the account's sessions.

    Raises Refused for one's own account, Forbidden for whoever may not secure accounts.
    """
    permit(by, Permission.ACCOUNT_SECURE)
    if by is not None and by.pk == user.pk:
        raise Refused("不能清除自己的动态口令，请在“账号安全”里更换手机，或由另一位安全管理员办理。")
    gone, _ = Authenticator.objects.filter(user=user).delete()
    Session.objects.filter(user=user).delete()
    if gone:
        signals.write("factor_reset", by=by, user=user)
