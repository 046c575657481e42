"""The public API: one router a room, documented at /api/v1/docs."""

from ninja import NinjaAPI

from benchside.careers.api import router as careers

api = NinjaAPI(
    title="Benchside",
    version="1.0",
    description="Technician roles and sectors, as open data.",
    docs_url="/docs",
    urls_namespace="api-v1",
)
api.add_router("/", careers)
