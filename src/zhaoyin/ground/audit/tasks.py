"""Verifying a long journal outside the request."""

from django_tasks import task

from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.journal import actions as journal


@task
def verify_journal(user_id: int) -> None:
    """Walk the whole chain in the name of whoever asked; the journal's own line keeps what was found."""
    for _ in journal.verify(by=User.objects.get(pk=user_id)):
        pass
