from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "zhaoyin.record.projects"
    label = "projects"
    verbose_name = "项目库"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhaoyin.ground.access.rules import Permission
        from zhaoyin.ground.accounts.queries import people
        from zhaoyin.ground.journal import sentences
        from zhaoyin.ground.organisations import closing

        from .queries import visible_to
        from .sentences import NAMES, SENTENCES
        from .standing import open_projects, shared_projects

        sentences.provide(SENTENCES, names=NAMES)
        closing.provide(open_projects)
        closing.provide(shared_projects)
        people.count_within(Permission.RECORDS_SEE, lambda user: f"现有 {visible_to(user).count()} 个项目")
