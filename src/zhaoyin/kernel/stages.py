"""The stages of a project: a fact about it, from the first lead to full capacity (domain.md §2)."""

from enum import StrEnum


class Stage(StrEnum):
    """How far a project (or one phase of it) has come. The members stand in their order."""

    LEAD = "lead"
    APPRAISAL = "appraisal"
    NEGOTIATION = "negotiation"
    SIGNED = "signed"
    LANDED = "landed"
    CONSTRUCTION = "construction"
    PRODUCTION = "production"
    CAPACITY = "capacity"

    @property
    def label(self) -> str:
        """The Chinese name shown to people."""
        return LABELS[self]

    @property
    def order(self) -> int:
        """0 for a lead up to 7 for full capacity."""
        return ORDER[self]


LABELS: dict[Stage, str] = {
    Stage.LEAD: "信息",
    Stage.APPRAISAL: "研判",
    Stage.NEGOTIATION: "谈判",
    Stage.SIGNED: "签约",
    Stage.LANDED: "落地",
    Stage.CONSTRUCTION: "开工",
    Stage.PRODUCTION: "投产",
    Stage.CAPACITY: "达产",
}
ORDER: dict[Stage, int] = {stage: number for number, stage in enumerate(Stage)}

# A framework agreement (框架协议) is a milestone on the way, never a stage: it is no signing.
FRAMEWORK = "framework"
FRAMEWORK_LABEL = "框架协议"


class Standing(StrEnum):
    """Whether a project is being pursued at all."""

    ACTIVE = "active"
    PAUSED = "paused"
    TERMINATED = "terminated"
    TRANSFERRED = "transferred"

    @property
    def label(self) -> str:
        """The Chinese name shown to people."""
        return STANDING_LABELS[self]


STANDING_LABELS: dict[Standing, str] = {
    Standing.ACTIVE: "推进中",
    Standing.PAUSED: "暂缓",
    Standing.TERMINATED: "终止",
    Standing.TRANSFERRED: "流转",
}
