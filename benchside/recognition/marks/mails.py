"""Letters about marks."""

from django.conf import settings
from django.urls import reverse

from benchside.assessment.awarding import queries as awarding
from benchside.assessment.awarding.queries import state_of
from benchside.core import mail
from benchside.recognition.marks import queries
from benchside.recognition.models import Application, FollowUp, Mark


def follow_up_due(one: FollowUp) -> bool:
    """To the school's adviser, else to those who run the mark. False when nobody is to be told,
    or the award no longer stands."""
    mark = Mark.objects.filter(standard=one.award.version.key).first()
    if mark is None or not state_of(one.award).stands:
        return False
    application = Application.objects.filter(submission=one.award.submission).first()
    adviser = application.adviser if application else None
    readers = [adviser] if adviser else list(queries.officers_of(mark))
    context = {
        "school": awarding.holder_of(one.award),
        "mark": mark.name,
        "due": one.due_on,
        "link": f"{settings.BASE_URL}{reverse('recognition:follow_up', args=[one.pk])}",
    }
    for reader in readers:
        mail.send("recognition/follow_up_due", reader.email, context)
    return bool(readers)
