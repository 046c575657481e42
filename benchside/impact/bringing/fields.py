"""What a plan's table can say, and the headings we have seen it under. No Django in here.

Headings are compared as `plain` writes them; one further to the left is a better one. Whatever is
recognised under no field is kept all the same, word for word, in the action's internal note.
"""

from enum import StrEnum
from typing import NamedTuple


class Field(StrEnum):
    CODE = "code"
    TITLE = "title"
    AREA = "area"
    THEME = "theme"
    OBJECTIVE = "objective"
    RATIONALE = "rationale"
    OWNER = "owner"
    START = "start"
    DUE = "due"
    RAG = "rag"
    MEASURE = "measure"
    MILESTONE = "milestone"
    COST = "cost"
    PROGRESS = "progress"
    CYCLE = "cycle"
    NOTE = "note"


class Known(NamedTuple):
    label: str
    names: tuple[str, ...]


def _known(label: str, names: str) -> Known:
    return Known(label, tuple(" ".join(name.split()) for name in names.split(",")))


FIELDS: dict[Field, Known] = {
    Field.TITLE: _known(
        "What is to be done",
        "action, actions, action to be taken, planned action, proposed action, action point,"
        "support actions, supporting actions, agreed action, what is to be done, what will be done,"
        "what will we do, what we will do, what are we going to do, step, steps, next steps,"
        " key steps,"
        "activity, activities, planned activity, task, tasks, initiative, intervention, commitment,"
        "action description, description of action, action or output, action output, what,"
        " description,"
        "deliverable, recommendation",
    ),
    Field.CODE: _known(
        "Number or code",
        "ref, reference, action ref, action reference, action no, action number, action id,"
        " no, number,"
        "id, code, item, item no, ap no, hash",
    ),
    Field.AREA: _known(
        "Area of the Commitment",
        "area, areas, tc area, commitment area, key area, area of focus, focus area, pillar,"
        " pillars,"
        "tc pillar, pledge area, commitment theme, tc theme, strand, workstream, work stream",
    ),
    Field.THEME: _known(
        "Theme", "theme, themes, theme s, key theme, topic, category, tag, tags, heading"
    ),
    Field.OBJECTIVE: _known(
        "Objective",
        "objective, objectives, aim, aims, goal, goals, purpose, strategic objective,"
        " overall objective,"
        "intended outcome, outcome, outcomes, desired outcome, expected outcome, impact, ambition,"
        "what do we want to achieve",
    ),
    Field.RATIONALE: _known(
        "Why",
        "rationale, reason, reasons, why, evidence base, background, context, issue,"
        " issues identified,"
        "issue identified, need, baseline position, current position, justification",
    ),
    Field.OWNER: _known(
        "Who answers for it",
        "owner, action owner, lead, lead person, action lead, lead officer, led by, responsible,"
        "person responsible, persons responsible, responsible person, responsibility, by whom, who,"
        "who is responsible, accountable, accountable person, accountability, delivery lead,"
        "responsible for action, lead s, leads, owners, who will do it, assigned to",
    ),
    Field.START: _known(
        "Starts", "start, start date, starts, begins, begin, from, date started, commencing, begun"
    ),
    Field.DUE: _known(
        "Due",
        "due, due date, by when, when, deadline, target date, completion date, date for completion,"
        "to be completed by, complete by, end date, end, finish, timescale, timescales, time scale,"
        "timeframe, time frame, timeline, timing, date, dates, target completion, delivery date,"
        "planned completion, year, years, due by, until",
    ),
    Field.RAG: _known(
        "How it goes (RAG or status)",
        "rag, rag rating, rag status, r a g, brag, brag rating, brag status, traffic light, rating,"
        "status, current status, action status, delivery status, state, progress rating,"
        "completed y n, complete",
    ),
    Field.MEASURE: _known(
        "How success is measured",
        "success measure, success measures, measure of success, measures of success, measure,"
        " measures,"
        "success criteria, success criterion, success indicator, success indicators, kpi, kpis,"
        "key performance indicator, metric, metrics, indicator, indicators, how will we know,"
        "how will success be measured, how will we measure success, evaluation, target, targets,"
        "impact measure, outcome measure, evidence of success, measurable outcome, target outcome",
    ),
    Field.MILESTONE: _known(
        "Milestones",
        "milestone, milestones, key milestones, interim milestones, sub actions, sub tasks",
    ),
    Field.COST: _known(
        "Cost",
        "cost, costs, budget, resource cost, estimated cost, funding, resources, resource, spend",
    ),
    Field.PROGRESS: _known(
        "Progress so far",
        "progress, progress to date, update, updates, progress update, progress note,"
        " latest update,"
        "progress made, commentary, comment, comments, notes on progress, achievements,"
        " actions taken,"
        "what we have done, reflection",
    ),
    Field.CYCLE: _known(
        "Which plan it is of (cycle, stage or years)",
        "cycle, stage, plan, action plan, plan period, plan years, plan year, submission, phase",
    ),
    Field.NOTE: _known("Nothing else: keep it word for word in the internal note", ""),
}
CHOICES = [(str(field), known.label) for field, known in FIELDS.items()]
# Several columns may be these; of all others one column is taken.
MANY = {Field.THEME, Field.MEASURE, Field.MILESTONE, Field.PROGRESS, Field.NOTE, Field.RATIONALE}

AREAS = ("visibility", "recognition", "careers", "sustainability", "impact")
AREA_TITLES = dict(
    zip(
        AREAS,
        ("Visibility", "Recognition", "Career development", "Sustainability", "Evaluating impact"),
        strict=True,
    )
)
# Words that name an area wherever they stand alone or begin a heading.
AREA_WORDS: dict[str, str] = {
    "visibility": "visibility",
    "visible": "visibility",
    "vis": "visibility",
    "v": "visibility",
    "recognition": "recognition",
    "rec": "recognition",
    "r": "recognition",
    "career development": "careers",
    "careers": "careers",
    "career": "careers",
    "career progression": "careers",
    "professional development": "careers",
    "career and professional development": "careers",
    "cd": "careers",
    "c": "careers",
    "sustainability": "sustainability",
    "sustaining skills": "sustainability",
    "sustainability of skills": "sustainability",
    "sustaining technical skills": "sustainability",
    "sus": "sustainability",
    "s": "sustainability",
    "evaluating impact": "impact",
    "evaluation of impact": "impact",
    "impact": "impact",
    "evaluation": "impact",
    "evaluate impact": "impact",
    "ei": "impact",
    "e": "impact",
    "i": "impact",
}
