"""The desk's form for a document: refuses, beside the field, what the storage would refuse."""

from typing import Any

from wagtail.documents.forms import BaseDocumentForm

from benchside.core.film import FilmRefused, looks_like_film
from benchside.core.media import looks_like_picture, make_safe


class DocumentForm(BaseDocumentForm):
    """Named in WAGTAILDOCS_DOCUMENT_FORM_BASE: desk, chooser and bulk upload use it."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is None or "file" not in self.changed_data:
            return file
        head = file.read(1024)
        file.seek(0)
        if looks_like_film(file.name, head):
            raise FilmRefused("unprepared")
        if looks_like_picture(file.name, head):
            make_safe(file)
        return file
