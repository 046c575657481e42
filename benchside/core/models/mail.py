"""Mail on its way out: kept until it is sent, and no longer."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class OutgoingMail(models.Model):
    """A rendered message that waits for the mail server. Deleted once handed over.

    Kept here and not in the arguments of a task, because results of tasks are kept for a month.
    """

    name = models.CharField(max_length=100, help_text="The folder of the message.")
    to = models.JSONField(help_text="A list of addresses.")
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField()
    reply_to = models.EmailField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"
