"""The catalogue describes jobs, never anybody who does one.

A class that takes the quiz is anonymous: its counters say how many, never who. Only the title
that a teacher types may hold a name, which the form asks not to; it goes with the class.
"""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

TERM = "slug name order updated_at"
DRAFT = """
live has_unpublished_changes first_published_at last_published_at go_live_at expire_at expired
locked locked_at live_revision latest_revision
"""

declare("careers.Sector", not_personal=f"{TERM} sentence")
declare("careers.Subject", not_personal=TERM)
declare("careers.Setting", not_personal=TERM)
declare("careers.SkillTerm", not_personal=TERM)
declare("careers.KitTerm", not_personal=f"{TERM} sentence symbol")
declare(
    "careers.Role",
    seen_by="Editors.",
    personal={
        "locked_by": Personal(
            "Showing at the desk who is at work on it.",
            Basis.LEGITIMATE_INTERESTS,
            "While it is locked",
            Erasure.KEPT,
        )
    },
    not_personal=f"""{DRAFT}
    number slug title short sector level sentence other_names phrases what where takes ways_in next
    day tasks employers subjects settings skills kit routes hands indoors people place soc2020
    soc2020_extension soc2020_title soc2020_judged onet_code onet_title onet_release realistic
    investigative artistic social enterprising conventional drawing drawing_alt checked_on
    updated_at
    """,
)
declare("careers.RoleKit", not_personal="role term why order")
declare("careers.RoleRoute", not_personal="role route listed order")
declare(
    "careers.Route",
    not_personal="""
    slug kind title reference level months entry job_titles topic nation status valid_from valid_to
    url source as_of updated_at
    """,
)
declare(
    "careers.NationWay",
    not_personal="""
    slug nation kind name starts sentence entry after url checked_on order updated_at
    """,
)
declare(
    "careers.SocTitle",
    not_personal="key title words additional industry see soc2020 extension isco08",
)
declare(
    "careers.Source", not_personal="slug name publisher url licence stale_after_days updated_at"
)
declare(
    "careers.Advice",
    not_personal="nation name publisher url pay_url last_year exams change_of_mind checked_on "
    "order updated_at",
)
declare(
    "careers.QuizClass",
    seen_by="Whoever has the teacher’s link.",
    personal={
        "title": Personal(
            "Naming the lesson in the teacher's own records.",
            Basis.LEGITIMATE_INTERESTS,
            "Until the end of the day after it was opened",
            Erasure.EXPIRES,
        )
    },
    not_personal="""
    code secret_hash state years pupils minutes handed_in totals opened_at closed_at expires_at
    """,
)
declare("careers.ClassTally", not_personal="quiz_class kind slug pupils")
declare("careers.HandIn", not_personal="quiz_class page_hash")
