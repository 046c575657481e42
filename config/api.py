"""The public API: one router a room, documented at /api/v1/docs."""

from benchside.careers.api import router as careers
from benchside.careers.quiz.api import router as quiz
from benchside.core.public_api import PublicAPI, nothing
from benchside.impact.published.api import router as plans
from benchside.organisations.equipment.api import router as equipment
from benchside.recognition.entries.api import router as registers
from benchside.visibility.api import router as technicians
from benchside.visibility.photos.wall_api import router as wall
from benchside.visibility.stories.reading.api import router as stories
from benchside.website.api_docs import SheetDocs

api = PublicAPI(
    title="Benchside",
    version="1.0",
    description="Technician roles, sectors and routes as open data, a quiz that matches "
    "them, the technicians who show themselves, the stories they tell, public action plans, and "
    "registers of technicians.",
    docs=SheetDocs(),
    docs_url="/docs",
    urls_namespace="api-v1",
)
api.add_router("/", careers)
api.add_router("/", quiz)
api.add_router("/", equipment)
api.add_router("/", technicians)
api.add_router("/", stories)
api.add_router("/", wall)
api.add_router("/", plans)
api.add_router("/", registers)
api.add_router("/", nothing)  # last: it answers whatever is left
