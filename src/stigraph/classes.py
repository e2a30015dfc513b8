"""Classes that are asked for together, as CURIEs, in the order in which they are listed."""

__all__ = ["BODIES", "DOCUMENTS", "PARTNERS"]

DOCUMENTS = (
    "sti:Plan",
    "sti:Strategy",
    "sti:Recommendation",
    "sti:Law",
    "sti:Communique",
    "sti:Guideline",
    "sti:Report",
    "sti:PolicyDocument",
)
"""Policy documents."""

BODIES = (
    "sti:Ministry",
    "sti:FundingAgency",
    "sti:Council",
    "sti:ResearchInstitution",
    "sti:Company",
    "sti:InternationalOrganization",
    "sti:Organization",
)
"""Organizations that act."""

PARTNERS = ("sti:Country", "sti:CountryGroup", "sti:CooperationFramework", "sti:Partner")
"""With whom programmes work: countries, groups of them, frameworks."""
