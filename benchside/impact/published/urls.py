"""Addresses of this part; joined in the room's urls.py."""

from django.urls import URLPattern, path

from benchside.impact.published.views import analysis, inside, public

CHARTER = "charters/<slug:charter>"
INSIDE = "org/<slug:organisation>/impact/plan/<uuid:key>"


def _plan(base: str, name: str) -> list[URLPattern]:
    """A plan at one of its two addresses, with all ways out of it."""
    return [
        path(f"{base}/", public.plan, name=name),
        path(f"{base}/plan.json", public.plan_json, name=f"{name}_json"),
        path(f"{base}/plan.csv", public.plan_csv, name=f"{name}_csv"),
        path(f"{base}/plan.xlsx", public.plan_xlsx, name=f"{name}_xlsx"),
        path(f"{base}/notes.atom", public.notes_atom, name=f"{name}_notes"),
        path(f"{base}/embed/", public.embed, name=f"{name}_embed"),
        path(f"{base}/<slug:code>/", public.action, name=f"{name}_action"),
    ]


urlpatterns: list[URLPattern] = [
    path("plans/", public.plans, name="public_plans"),
    path("plans/plans.csv", public.plans_csv, name="public_plans_csv"),
    *_plan("plans/<uuid:key>", "public_plan"),
    # Before a signatory's own page, whose pattern would take these words for an organisation.
    path(f"{CHARTER}/analysis/", analysis.live, name="analysis"),
    path(f"{CHARTER}/analysis/analysis.csv", analysis.live_csv, name="analysis_csv"),
    path(f"{CHARTER}/analysis/<int:year>/", analysis.of_year, name="analysis_of_year"),
    *_plan(f"{CHARTER}/<slug:organisation>/plan", "charter_plan"),
    path(f"{INSIDE}/publish/", inside.publish, name="plan_publish"),
    path(f"{INSIDE}/share/", inside.share, name="plan_share"),
]
