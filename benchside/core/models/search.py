"""The index of the search: what can be found, by which word, and every word there is.

Written by `core.search.index` alone; all of it can be made again by `rebuild_search`.
"""

from typing import ClassVar

from django.db import models


class SearchState(models.Model):
    """One row. Whoever writes the index locks it first; its stamp is new after each write."""

    stamp = models.CharField(max_length=32)
    documents = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.documents} documents, {self.stamp}"


class SearchDocument(models.Model):
    """Something that can be found. Its id comes from kind and key (`documents.document_id`)."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=40, db_index=True)
    key = models.CharField(max_length=80)
    title = models.CharField(max_length=250)
    url = models.CharField(max_length=500)
    summary = models.TextField(blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    boost = models.SmallIntegerField(default=0)
    lines = models.TextField(blank=True, help_text="label, tab, text: a line each")
    stems = models.TextField(blank=True, help_text="part, stems, a space: a line for each of lines")
    tags = models.JSONField(default=list)
    prose = models.TextField(blank=True)
    digest = models.CharField(max_length=32, help_text="Of all it was written from.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key"], name="core_searchdocument_unique")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"


class SearchPosting(models.Model):
    """How much a term weighs in a document, 1 to 1000."""

    document = models.ForeignKey(SearchDocument, on_delete=models.CASCADE, related_name="postings")
    term = models.CharField(max_length=64)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        indexes: ClassVar = [
            # Holds all a query reads, so that it need not look at the table.
            models.Index(fields=["term", "document", "weight"], name="core_searchposting_by_term")
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.weight}"


class SearchWord(models.Model):
    """A word as it is written, and in how many documents it is. A tag is its own stem."""

    word = models.CharField(primary_key=True, max_length=64)
    stem = models.CharField(max_length=64)
    uses = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.word} {self.uses}"
