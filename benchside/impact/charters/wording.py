"""Words of this part as readers meet them."""

from benchside.impact.enums import Area

AREAS = (
    (Area.VISIBILITY, "vis", "Everybody can see who technicians are and what they do."),
    (Area.RECOGNITION, "rec", "Their skill is named, credited and registered."),
    (Area.CAREERS, "car", "There is a way up, and time and money to take it."),
    (Area.SUSTAINABILITY, "sus", "Skills are passed on before they are lost."),
    (Area.IMPACT, "imp", "What is done is measured, and told."),
)
