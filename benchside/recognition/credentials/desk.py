"""At the desk of administrators: the keys, a new one, and what to do when one is stolen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse_lazy
from django.urls.resolvers import URLPattern
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from benchside.core.actions import Actor, Refused
from benchside.core.desk_pages import DeskPage
from benchside.recognition.credentials import actions, keyring, lists, queries, rules
from benchside.recognition.credentials.actions.keys import left
from benchside.recognition.credentials.tasks import reissue_watched
from benchside.recognition.enums import CredentialState
from benchside.recognition.models import Credential, SigningKey, StatusList

SURE = "give up"


class Keys(DeskPage):
    """404 for everybody but administrators."""

    may = rules.can_keep_keys
    header_icon = "key"
    page_title = "Keys of credentials"
    template_name = "recognition/desk/credential_keys.html"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page()

    def _page(self, *, problem: str = "", of: int = 0, status: int = 200) -> HttpResponse:
        rows = [(key, key.credentials.count(), left(key)) for key in SigningKey.objects.all()]
        return self.page(
            rows=rows,
            did=keyring.our_did(),
            waiting=queries.waiting().count(),
            live=Credential.objects.filter(state=CredentialState.LIVE).count(),
            lists=StatusList.objects.count(),
            stale=len(lists.stale()),
            sure=SURE,
            problem=problem,
            of=of,
            status=status,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        verb = request.POST.get("verb", "")
        if verb == "rotate":
            made = actions.rotate_key(actor=self.actor)
            messages.success(request, f"From now on {made.fragment} signs. Old badges stay good.")
            return redirect(request.path)
        if verb == "compromise":
            return self._compromise(request)
        messages.error(request, "Nothing was done: press one of the buttons.")
        return redirect(request.path)

    def _compromise(self, request: HttpRequest) -> HttpResponse:
        pk = request.POST.get("key", "")
        key = get_object_or_404(SigningKey, pk=int(pk) if pk.isascii() and pk.isdigit() else 0)
        if request.POST.get("sure", "").strip().lower() != SURE:
            problem = f"Type “{SURE}” to say that you mean it."
            return self._page(problem=problem, of=key.pk, status=422)
        try:
            actions.compromise_key(actor=self.actor, key=key)
        except Refused as refused:
            return self._page(problem=str(refused), of=key.pk, status=422)
        progress = reissue_watched(key, owner=self.actor.person_id)
        return redirect(progress)


class KeysItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rules.can_keep_keys(Actor.of(request.user))


@hooks.register("register_admin_urls")
def key_urls() -> list[URLPattern]:
    return [path("credentials/", Keys.as_view(), name="desk_keys")]


@hooks.register("register_settings_menu_item")
def keys_menu_item() -> MenuItem:
    return KeysItem("Keys of credentials", reverse_lazy("desk_keys"), icon_name="key", order=900)
