"""Names without what every name carries, to be compared for likeness."""

import re

LEGAL_FORMS = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|集团公司|\(集团\)|（集团）|集团|控股|公司|股份|等$)|[\s()（）“”\"'·、，,。-]"
)


PROJECT_WORDS = re.compile(r"(建设项目|项目|工程|（[^）]*期[^）]*）)$|[\s“”\"'·]")


def bare_name(name: str) -> str:
    """A company's name without its legal form, as far as anything remains: two such names are compared for likeness."""
    return LEGAL_FORMS.sub("", name) or name


def bare_project(name: str) -> str:
    """A project's name without the words that every project's name carries."""
    return PROJECT_WORDS.sub("", name) or name
