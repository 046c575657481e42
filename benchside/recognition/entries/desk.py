"""At the desk of administrators: the keys of statements, a new one, and a stolen one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse_lazy
from django.urls.resolvers import URLPattern
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from benchside.core.actions import Actor, Refused
from benchside.core.desk_pages import DeskPage
from benchside.recognition.credentials.rules import can_keep_keys
from benchside.recognition.entries.key_actions import compromise_statement_key, rotate_statement_key
from benchside.recognition.models import StatementKey

SURE = "give up"


class StatementKeys(DeskPage):
    """404 for everybody but administrators."""

    may = can_keep_keys
    header_icon = "key"
    page_title = "Keys of statements"
    template_name = "recognition/desk/statement_keys.html"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page()

    def _page(self, *, problem: str = "", of: int = 0, status: int = 200) -> HttpResponse:
        rows = [(key, key.statements.count()) for key in StatementKey.objects.all()]
        return self.page(rows=rows, sure=SURE, problem=problem, of=of, status=status)

    def post(self, request: HttpRequest) -> HttpResponse:
        verb = request.POST.get("verb", "")
        if verb == "rotate":
            made = rotate_statement_key(actor=self.actor)
            messages.success(request, f"From now on {made.fragment} signs. Old ones stay good.")
            return redirect(request.path)
        if verb == "compromise":
            return self._compromise(request)
        messages.error(request, "Nothing was done: press one of the buttons.")
        return redirect(request.path)

    def _compromise(self, request: HttpRequest) -> HttpResponse:
        pk = request.POST.get("key", "")
        key = get_object_or_404(StatementKey, pk=int(pk) if pk.isascii() and pk.isdigit() else 0)
        if request.POST.get("sure", "").strip().lower() != SURE:
            problem = f"Type “{SURE}” to say that you mean it."
            return self._page(problem=problem, of=key.pk, status=422)
        try:
            now = compromise_statement_key(actor=self.actor, key=key)
        except Refused as refused:
            return self._page(problem=str(refused), of=key.pk, status=422)
        messages.success(request, f"{key.fragment} is given up; {now.fragment} signs from now on.")
        return redirect(request.path)


class KeysItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_keep_keys(Actor.of(request.user))


@hooks.register("register_admin_urls")
def statement_key_urls() -> list[URLPattern]:
    return [path("statement-keys/", StatementKeys.as_view(), name="desk_statement_keys")]


@hooks.register("register_settings_menu_item")
def statement_keys_menu_item() -> MenuItem:
    address = reverse_lazy("desk_statement_keys")
    return KeysItem("Keys of statements", address, icon_name="key", order=901)
