"""Addresses of credentials: for everybody, for whoever holds one, for an organisation."""

from django.urls import URLPattern, path

from benchside.recognition.credentials.views import mine, organisation, public, verify, words

INSIDE = "org/<slug:organisation>/recognition/credentials"
urlpatterns: list[URLPattern] = [
    path(".well-known/did.json", public.did, name="did"),
    path("verify/", verify.verify, name="verify"),
    path("credentials/status/<int:number>/", public.status_list, name="status_list"),
    path("credentials/badges/", public.badges, name="badges"),
    path("credentials/badges/<slug:standard>/", public.badge, name="badge"),
    path(
        "credentials/badges/<slug:standard>/<slug:level>.<str:kind>",
        public.badge_picture,
        name="badge_picture",
    ),
    path("credentials/endorsements/<uuid:key>/", public.endorsement, name="endorsement"),
    path("credentials/<uuid:key>/", public.credential, name="credential"),
    path("credentials/<uuid:key>/<str:name>", public.carried, name="carried"),
    path("my/credentials/", mine.credentials, name="my_credentials"),
    path("my/credentials/<int:pk>/claim/", mine.claim, name="claim_credential"),
    path("my/credentials/<int:pk>/give-back/", mine.give_back, name="give_back_credential"),
    path("my/credentials/words/", words.words, name="words"),
    path("my/credentials/words/<int:pk>/", words.answer, name="answer_words"),
    path("my/credentials/<uuid:key>/<str:name>", mine.carried, name="my_carried"),
    path(f"{INSIDE}/", organisation.credentials, name="inside_credentials"),
    path(f"{INSIDE}/endorse/", organisation.endorse, name="endorse"),
    path(f"{INSIDE}/endorse/<int:pk>/", organisation.take_back, name="unendorse"),
    path(f"{INSIDE}/words/<int:pk>/", words.answer_inside, name="answer_words_inside"),
    path(f"{INSIDE}/<uuid:key>/<str:name>", organisation.carried, name="inside_carried"),
]
