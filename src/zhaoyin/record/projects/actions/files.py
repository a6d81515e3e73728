"""Files of a project: who may bring, take and remove them. Keeping them is the matter of ground.attachments."""

from collections.abc import Iterable
from typing import BinaryIO

from django.db import models, transaction

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.attachments import actions as attachments
from zhaoyin.ground.attachments.models import Attachment

from ..models import Project
from ..queries import permit_on


def attach_file(*, by: models.Model | None, project: Project, name: str, pieces: Iterable[bytes]) -> Attachment:
    """Hang a file on the project; see `attachments.actions.keep_file`, which raises Refused."""
    permit_on(by, Permission.PROGRESS_WRITE, project)
    return attachments.keep_file(
        by=by, subject=project, jurisdiction_id=project.jurisdiction_id, name=name, pieces=pieces
    )


def take_file(*, by: models.Model, project: Project, attachment: Attachment) -> BinaryIO:
    """Hand out a file of a project that `by` sees, opened for reading. Raises FileGone."""
    permit_on(by, Permission.RECORDS_SEE, project)
    return attachments.take_file(by=by, attachment=attachment, of=project.name)


@transaction.atomic
def remove_file(*, by: models.Model | None, project: Project, attachment: Attachment) -> None:
    """Remove a file from the project; the journal keeps its name and hash."""
    permit_on(by, Permission.PROJECT_EDIT, project)
    attachments.remove_file(by=by, attachment=attachment, subject=project)
