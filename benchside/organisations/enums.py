"""States and choices of organisations."""

from django.db import models


class Kind(models.TextChoices):
    UNIVERSITY = "university", "University"
    INSTITUTE = "institute", "Research institute"
    SCHOOL = "school", "School or college"
    EMPLOYER = "employer", "Employer"
    BODY = "body", "Professional body"
    PARTNER = "partner", "Partner"


class Nation(models.TextChoices):
    ENGLAND = "england", "England"
    SCOTLAND = "scotland", "Scotland"
    WALES = "wales", "Wales"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"
    ELSEWHERE = "elsewhere", "Elsewhere"


class Region(models.TextChoices):
    """Where in the UK, as the register of schools parts England; the other nations are whole."""

    NORTH_EAST = "north-east", "North East"
    NORTH_WEST = "north-west", "North West"
    YORKSHIRE = "yorkshire", "Yorkshire and the Humber"
    EAST_MIDLANDS = "east-midlands", "East Midlands"
    WEST_MIDLANDS = "west-midlands", "West Midlands"
    EAST = "east", "East of England"
    LONDON = "london", "London"
    SOUTH_EAST = "south-east", "South East"
    SOUTH_WEST = "south-west", "South West"
    SCOTLAND = "scotland", "Scotland"
    WALES = "wales", "Wales"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"


class OrganisationState(models.TextChoices):
    APPLIED = "applied", "Waiting for a yes"
    APPROVED = "approved", "Open"
    DECLINED = "declined", "Declined"
    CLOSED = "closed", "Closed"


class MemberRole(models.TextChoices):
    """What somebody is in an organisation."""

    LEAD = "lead", "Lead"
    DEPUTY = "deputy", "Deputy lead"
    HR_STEWARD = "hr-steward", "HR steward"
    CHAMPION = "unit-champion", "Unit champion"
    MANAGER = "manager", "Manager"
    STEERING = "steering-member", "Steering group member"
    SIGNER = "executive-signer", "Executive signer"
    EDITOR = "editor", "Editor"


# Roles of one unit, and of those below it; all others are of the whole organisation.
OF_A_UNIT = (MemberRole.CHAMPION, MemberRole.MANAGER)


class PlaceList(models.TextChoices):
    """Real lists that organisations are looked up in, and the number each goes by."""

    SCHOOLS = "schools", "Schools (URN)"
    UNIVERSITIES = "universities", "Higher education (UKPRN)"
    RESEARCH = "research", "Research organisations (ROR)"


UNDO_DAYS = 30  # so long a staff list can be taken back


class StaffRunState(models.TextChoices):
    """A staff list brought in: see `staff_states.py` for who moves it."""

    STAGING = "staging", "Being read"
    PREVIEWED = "previewed", "Previewed"
    APPLYING = "applying", "Being applied"
    APPLIED = "applied", "Applied"
    UNDONE = "undone", "Undone"
    DISCARDED = "discarded", "Discarded"
    FAILED = "failed", "Not applied"


class TechnicianVerdict(models.TextChoices):
    """As `staff_list.definition.Verdict`."""

    TECHNICIAN = "technician", "Technician"
    LIKELY = "likely", "Likely"
    UNLIKELY = "unlikely", "Unlikely"


class RequestState(models.TextChoices):
    """Somebody asks to be counted: see `request_states.py` for who moves it."""

    WAITING = "waiting", "Waiting for a yes"
    ACCEPTED = "accepted", "On the list"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Taken back"


class ThingKind(models.TextChoices):
    """As Uniquip has it: a thing, or a place that holds several."""

    EQUIPMENT = "equipment", "Equipment"
    FACILITY = "facility", "Facility"


class EquipmentState(models.TextChoices):
    LIVE = "live", "In use"
    RETIRED = "retired", "Retired"


class Access(models.TextChoices):
    """Who may use a piece of equipment."""

    UNKNOWN = "", "Ask first"
    UNIT = "unit", "People of its own unit"
    ORGANISATION = "organisation", "Anybody in the organisation"
    OUTSIDE = "outside", "Outside users too"


class Service(models.TextChoices):
    """How it is used."""

    UNKNOWN = "", "Not said"
    RUN_FOR_YOU = "run-for-you", "A technician runs it for you"
    AFTER_TRAINING = "after-training", "You run it, after training"
    YOURSELF = "yourself", "You run it yourself"


class RunLevel(models.TextChoices):
    """What somebody does with a piece of equipment."""

    RUNS = "runs", "Runs it"
    TRAINS = "trains", "Runs it and trains others"
    LOOKS_AFTER = "looks-after", "Looks after it"
