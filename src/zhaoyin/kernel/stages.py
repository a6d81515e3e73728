"""The stages of a project, in order, with their words; a stage is a fact, not what the year pushes."""

from enum import Enum


class Stage(Enum):
    """The way from lead to capacity, and three side states that may be entered from any stage."""

    LEAD = "lead"
    APPRAISAL = "appraisal"
    NEGOTIATION = "negotiation"
    FRAMEWORK = "framework"
    SIGNED = "signed"
    LANDED = "landed"
    CONSTRUCTION = "construction"
    PRODUCTION = "production"
    CAPACITY = "capacity"
    PAUSED = "paused"
    TERMINATED = "terminated"
    TRANSFERRED = "transferred"

    @property
    def label(self) -> str:
        """The word of the interface."""
        return _LABELS[self.value]

    @property
    def aside(self) -> bool:
        """Whether it is a side state: 暂缓, 终止, 流转."""
        return self in (Stage.PAUSED, Stage.TERMINATED, Stage.TRANSFERRED)

    @property
    def order(self) -> int | None:
        """0 for 信息 up to 8 for 达产; None for a side state, which has no place on the way."""
        return None if self.aside else list(Stage).index(self)


_LABELS = {
    "lead": "信息", "appraisal": "研判", "negotiation": "谈判", "framework": "框架协议", "signed": "签约", "landed": "落地",
    "construction": "开工", "production": "投产", "capacity": "达产", "paused": "暂缓", "terminated": "终止", "transferred": "流转",
}  # fmt: skip

WAY = tuple(stage for stage in Stage if not stage.aside)
