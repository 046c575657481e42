"""What a technician may show, one line each: `<key>_to` of the profile says to whom."""

from dataclasses import dataclass

from benchside.people.enums import Audience


@dataclass(frozen=True, slots=True)
class SharedField:
    """One part of a profile. `first` is to whom it is shown until the person chooses."""

    key: str
    title: str
    hint: str
    first: Audience = Audience.NOBODY


HERE = Audience.ORGANISATION
FIELDS = (
    SharedField("name", "Name", "Without it the public directory cannot list you.", HERE),
    SharedField("post", "Job title", "As your employer's staff list has it.", HERE),
    SharedField("unit", "Place of work", "Your organisation and your unit in it.", HERE),
    SharedField("photo", "Photograph", "One you have chosen yourself."),
    SharedField("headline", "Headline", "What you do, in one line."),
    SharedField("about", "About you", "As much as you like to tell."),
    SharedField("role", "Kind of role", "Which of our roles yours is nearest to."),
    SharedField("skills", "Skills", "What you can do, in the words of our lists."),
    SharedField("kit", "Kit you run", "So that people find who can run it."),
    SharedField("qualifications", "Qualifications", "What you have studied or trained for."),
    SharedField("letters", "Letters after your name", "Such as RSciTech or EngTech."),
    SharedField("languages", "Languages", "Those you could help somebody in."),
    SharedField("contact", "How to reach you", "An address or a page you have typed for this."),
    SharedField(
        "contributions", "Work you had a part in", "Papers, data and things, and your part."
    ),
    SharedField("orcid", "ORCID", "The number that research outputs know you by."),
)
BY_KEY = {field.key: field for field in FIELDS}
