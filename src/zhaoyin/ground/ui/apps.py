"""The room of the shell, the components and the lists."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers the room under the label that its messages and addresses use."""

    name = "zhaoyin.ground.ui"
    label = "ui"
    verbose_name = "界面"

    def ready(self) -> None:
        from . import encoding

        encoding.connect()
