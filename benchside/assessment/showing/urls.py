"""Addresses of this part; joined in the room's urls.py."""

from django.urls import path

from benchside.assessment.showing.views import evidence, signing, support, supporters

FORM = "forms/<uuid:key>"
urlpatterns = [
    path("forms/support/<str:token>/", support.support, name="support"),
    path("forms/support/<str:token>/decline/", support.decline, name="support_decline"),
    path("forms/support/<str:token>/again/", support.ask_again, name="support_again"),
    path(f"{FORM}/evidence/", evidence.listing, name="evidence"),
    path(f"{FORM}/evidence.csv", evidence.as_csv, name="evidence_csv"),
    path(f"{FORM}/evidence/grid/", evidence.grid, name="evidence_grid"),
    path(f"{FORM}/evidence/add/<slug:kind>/", evidence.add, name="evidence_add"),
    path(f"{FORM}/evidence/<int:pk>/", evidence.change, name="evidence_change"),
    path(f"{FORM}/evidence/<int:pk>/remove/", evidence.remove, name="evidence_remove"),
    path(f"{FORM}/files/<slug:digest>", evidence.download, name="evidence_file"),
    path(f"{FORM}/signatures/", signing.signatures, name="signatures"),
    path(f"{FORM}/signatures/ask/", signing.ask, name="ask_signer"),
    path(f"{FORM}/sign/<slug:step>/", signing.sign_page, name="sign"),
    path(f"{FORM}/send-in/", signing.send_in, name="send_in"),
    path(f"{FORM}/frozen/<int:number>.<str:kind>", signing.frozen, name="frozen"),
    path(f"{FORM}/supporters/", supporters.listing, name="supporters"),
    path(f"{FORM}/supporters/<int:pk>/resend/", supporters.resend, name="supporter_resend"),
    path(
        f"{FORM}/supporters/<int:pk>/take-back/", supporters.take_back, name="supporter_take_back"
    ),
]
