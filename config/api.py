"""The public API: one router a room, documented at /api/v1/docs."""

from benchside.careers.api import router as careers
from benchside.core.public_api import PublicAPI
from benchside.website.api_docs import SheetDocs

api = PublicAPI(
    title="Benchside",
    version="1.0",
    description="Technician roles, sectors and the routes into them, as open data.",
    docs=SheetDocs(),
    docs_url="/docs",
    urls_namespace="api-v1",
)
api.add_router("/", careers)
