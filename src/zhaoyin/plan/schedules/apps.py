from django.apps import AppConfig


class SchedulesConfig(AppConfig):
    name = "zhaoyin.plan.schedules"
    label = "schedules"
    verbose_name = "节点"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhaoyin.ground.journal import sentences
        from zhaoyin.kernel.events import PhaseReturned, ProjectsJoined, StageMoved, subscribe
        from zhaoyin.record.projects.queries import timeline

        from .actions import fulfil, recount, reopen
        from .sentences import NAMES, SENTENCES
        from .telling import moments

        subscribe(StageMoved, fulfil)
        subscribe(PhaseReturned, reopen)
        subscribe(ProjectsJoined, recount)
        sentences.provide(SENTENCES, names=NAMES)
        timeline.provide(moments)
