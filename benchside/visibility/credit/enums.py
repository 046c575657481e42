"""States and choices of credit."""

from django.db import models


class OutputKind(models.TextChoices):
    """What was made; `records.KINDS` knows which kind of a registry is which of these."""

    ARTICLE = "article", "Article"
    PREPRINT = "preprint", "Preprint"
    CONFERENCE = "conference", "Conference paper"
    CHAPTER = "chapter", "Chapter of a book"
    BOOK = "book", "Book"
    DATA = "data", "Data"
    SOFTWARE = "software", "Software"
    IMAGE = "image", "Image or film"
    THESIS = "thesis", "Thesis"
    REPORT = "report", "Report or standard"
    THING = "thing", "Instrument or object"
    OTHER = "other", "Something else"


class OutputSource(models.TextChoices):
    """Where the words about an output come from."""

    TYPED = "typed", "Typed by hand"
    CROSSREF = "crossref", "Crossref"
    DATACITE = "datacite", "DataCite"


class StandsAs(models.TextChoices):
    """How the output itself names the technician."""

    AUTHOR = "author", "As an author"
    ACKNOWLEDGED = "acknowledged", "In the acknowledgements"
    UNNAMED = "unnamed", "Not named in it"


class ContributionState(models.TextChoices):
    """Groups: `SEEN` may be shown to others, `OPEN` can still be asked about."""

    STATED = "stated", "Stated by themselves"
    ASKED = "asked", "Waiting for the lead author"
    CONFIRMED = "confirmed", "Confirmed by the lead author"
    DISPUTED = "disputed", "Disputed by the lead author"
    WITHDRAWN = "withdrawn", "Withdrawn"


SEEN = (ContributionState.STATED, ContributionState.ASKED, ContributionState.CONFIRMED)
