"""The register of partners at the desk: the list, its spreadsheet, one partner."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages

from benchside.core.actions import Refused
from benchside.core.desk_pages import DeskPage
from benchside.core.exports import csv_response
from benchside.core.media import PictureRefused
from benchside.visibility.campaigns import actions, rules
from benchside.visibility.campaigns.forms import LogoForm, PartnerForm, PartnershipForm
from benchside.visibility.campaigns.views.desk.campaigns import NOTHING, changes
from benchside.visibility.models import Campaign, Partner, Partnership

HEADER = (
    "Partner", "Campaign", "Website", "Contact", "E-mail", "Version of terms", "Agreed on",
    "Shown from", "Shown until", "Shown today", "Logo",
)  # fmt: skip


class PartnersPage(DeskPage):
    may = rules.can_run
    header_icon = "group"
    crumb = ("desk_partners", "Partners")


class Partners(PartnersPage):
    page_title = "Partners"
    template_name = "visibility/campaigns/desk/partners.html"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        found = Partner.objects.select_related("logo").prefetch_related("partnerships__campaign")
        return self.page(partners=found)


class PartnersCsv(PartnersPage):
    """A line for each part in a campaign, and one for each partner without any."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = Partner.objects.prefetch_related("partnerships__campaign")
        rows = [
            row
            for one in found
            for row in [_row(one, part) for part in one.partnerships.all()] or [_row(one, None)]
        ]
        return csv_response("partners.csv", HEADER, rows)


def _row(one: Partner, part: Partnership | None) -> tuple[object, ...]:
    dates = (part.agreed_on, part.shown_from, part.shown_until) if part else (None, None, None)
    return (
        one.name,
        part.campaign.name if part else "",
        one.website,
        one.contact_name,
        one.contact_email,
        part.terms_version if part else "",
        *(date.isoformat() if date else "" for date in dates),
        "yes" if part and part.is_shown() else "no",
        "yes" if one.logo_id else "no",
    )


class NewPartner(PartnersPage):
    page_title = "New partner"
    template_name = "visibility/campaigns/desk/form.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(form=PartnerForm(), button="Add the partner")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PartnerForm(request.POST)
        if form.is_valid():
            try:
                made = actions.add_partner(actor=self.actor, values=form.cleaned_data)
            except Refused as refused:
                form.add_error("name", str(refused))
            else:
                messages.success(request, f"{made.name} is in the register.")
                return redirect("desk_partner", made.pk)
        return self.page(form=form, button="Add the partner", status=422)


class OnePartner(PartnersPage):
    """One partner: who, its logo, and its part in each campaign."""

    template_name = "visibility/campaigns/desk/partner.html"

    def get_page_title(self) -> str:
        return self.partner.name

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.partner = self._partner(pk)
        return self._page()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.partner = self._partner(pk)
        verb = request.POST.get("verb", "")
        try:
            answer = self._do(verb, request)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("desk_partner", pk)
        if isinstance(answer, HttpResponse):
            return answer
        messages.success(request, answer)
        return redirect("desk_partner", pk)

    def _partner(self, pk: int) -> Partner:
        return get_object_or_404(Partner.objects.select_related("logo"), pk=pk)

    def _do(self, verb: str, request: HttpRequest) -> HttpResponse | str:
        """Do it and give the words for it, or the page again where the form is wrong."""
        verbs = {
            "change": self._change,
            "logo": self._logo,
            "no-logo": self._no_logo,
            "agree": self._agree,
            "end": self._end,
        }
        if verb not in verbs:
            raise Refused(NOTHING)
        return verbs[verb](request)

    def _change(self, request: HttpRequest) -> HttpResponse | str:
        form = PartnerForm(request.POST, instance=self.partner)
        if not form.is_valid():
            self.partner.refresh_from_db()
            return self._page(form=form, status=422)
        values = changes(self.partner, form)
        actions.change_partner(actor=self.actor, partner=self.partner, values=values)
        return "Kept."

    def _logo(self, request: HttpRequest) -> HttpResponse | str:
        form = LogoForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                actions.set_logo(actor=self.actor, partner=self.partner, **form.cleaned_data)
            except (PictureRefused, ValidationError) as refused:
                form.add_error("file", refused)
            else:
                return "The logo is here. It is shown while a permission below allows it."
        return self._page(logo_form=form, status=422)

    def _no_logo(self, request: HttpRequest) -> str:
        actions.set_logo(actor=self.actor, partner=self.partner, file=None)
        return "The logo is gone."

    def _agree(self, request: HttpRequest) -> HttpResponse | str:
        campaign = get_object_or_404(Campaign, pk=_number(request.POST.get("campaign", "")))
        form = PartnershipForm(request.POST)
        if not form.is_valid():
            return self._page(bound=(campaign.pk, form), status=422)
        actions.set_partnership(
            actor=self.actor, partner=self.partner, campaign=campaign, values=form.cleaned_data
        )
        return f"Kept: {self.partner.name} in {campaign.name}."

    def _end(self, request: HttpRequest) -> str:
        campaign = _number(request.POST.get("campaign", ""))
        part = get_object_or_404(self.partner.partnerships.all(), campaign=campaign)
        actions.end_partnership(actor=self.actor, partnership=part)
        return f"{self.partner.name} is out of {part.campaign.name}."

    def _page(
        self,
        *,
        form: PartnerForm | None = None,
        logo_form: LogoForm | None = None,
        bound: tuple[int, PartnershipForm] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """`parts` are (campaign, its partnership or None, form) for each campaign."""
        held = {one.campaign_id: one for one in self.partner.partnerships.all()}
        parts = []
        for campaign in Campaign.objects.all():
            part = held.get(campaign.pk)
            own = PartnershipForm(instance=part, auto_id=f"id_{campaign.pk}_%s")
            if bound is not None and bound[0] == campaign.pk:
                own = bound[1]
            parts.append((campaign, part, own))
        return self.page(
            status=status,
            partner=self.partner,
            form=form or PartnerForm(instance=self.partner),
            logo_form=logo_form or LogoForm(),
            parts=parts,
        )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
