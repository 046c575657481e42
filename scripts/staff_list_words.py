"""Names, places and job titles of the made-up university; see `make_staff_list`."""

FIRST_NAMES = """
Aisha Alan Amara Anwen Arjun Bea Ben Callum Carys Chidi Dara Dev Edie Eilidh Elif Emeka Fatima
Finn Gita Grace Gwen Hamish Hana Idris Imogen Iona Jamal Jing Kai Kemi Laila Lewis Maeve Mina
Morag Nadia Niall Nia Olu Owen Priya Quentin Rana Rhys Rosa Sadia Sean Tariq Tess Uma Viv Wen
Xanthe Yusuf Zara
""".split()  # noqa: SIM905 - easier to add to

LAST_NAMES = (
    "Made-Up",
    "Notreal",
    "Invented",
    "Fictional",
    "Imaginary",
    "Pretend",
    "Example",
    "Sampleton",
    "Placeholder",
    "O'Nobody",
    "Fabricate",
    "Makebelieve",
    "Neverwas",
    "Suchperson",
)

PLACES = [
    ("Faculty of Science", ["Chemistry", "Physics", "Biological Sciences", "Mathematics"]),
    ("Faculty of Engineering", ["Mechanical Engineering", "Electronics", "Civil Engineering"]),
    ("Faculty of Medicine", ["Medical School", "Nursing", "Anatomy"]),
    ("Faculty of Arts", ["Design", "Music", "Drama and Film", "Archaeology"]),
    ("Professional Services", ["Registry", "Library", "Finance", "Estates", "IT Services"]),
]
WORKSHOP_PLACES = [*PLACES[:4], ("Professional Services", ["IT Services", "Technical Services"])]

# Title, job family, SOC 2020 unit group. The codes are those of the ONS coding index where it has
# the title; where it has none, the group we judge nearest.
_KINDS: tuple[tuple[str, str], ...] = (
    ("Laboratory Technician", "3111"),
    ("Chemistry Technician", "3111"),
    ("Teaching Laboratory Technician", "3111"),
    ("Research Technician", "2434"),
    ("Microbiology Technician", "3111"),
    ("Histology Technician", "3111"),
    ("Cell Culture Technician", "3111"),
    ("Mass Spectrometry Technician", "3111"),
    ("Animal Technician", "6129"),
    ("Glasshouse Technician", "3111"),
    ("Workshop Technician", "3119"),
    ("Mechanical Workshop Technician", "3113"),
    ("Electronics Technician", "3112"),
    ("Electrical Technician", "3112"),
    ("CNC Technician", "5221"),
    ("Materials Testing Technician", "3113"),
    ("Civil Engineering Technician", "3114"),
    ("CAD Technician", "3120"),
    ("AV Technician", "3417"),
    ("Media Technician", "3417"),
    ("Theatre Technician", "3417"),
    ("Sound Technician", "3417"),
    ("Lighting Technician", "3417"),
    ("IT Support Technician", "3132"),
    ("Network Technician", "3131"),
    ("Anatomy Technician", "3111"),
    ("Simulation Technician", "3213"),
    ("Textiles Technician", "3119"),
    ("Ceramics Technician", "3119"),
    ("Print Technician", "3119"),
    ("Photography Technician", "3417"),
    ("Geology Technician", "3119"),
    ("Archaeology Technician", "3119"),
    ("Electron Microscopy Technician", "3111"),
    ("Cryogenics Technician", "3113"),
    ("X-ray Technician", "3111"),
    ("Cleanroom Technician", "3113"),
    ("3D Printing Technician", "3119"),
)
_RANKED = [
    (f"{rank}{title}", "Technical", soc) for title, soc in _KINDS for rank in ("", "Senior ")
] + [(f"Trainee {title}", "Technical", soc) for title, soc in _KINDS[::4]]
_ODD = [
    ("Scientific Glassblower", "Technical", ""),
    ("Technical Officer", "Technical", ""),
    ("Senior Technical Officer", "Technical", ""),
    ("Experimental Officer", "Research", "2119"),
    ("Senior Experimental Officer", "Research", "2119"),
    ("Technical Specialist (NMR)", "Technical", ""),
    ("Technical Specialist (Microscopy)", "Technical", ""),
    ("Technical Manager", "Technical", ""),
    ("Technical Services Manager", "Technical", ""),
    ("Workshop Manager", "Technical", ""),
    ("Workshop Supervisor", "Technical", "5250"),
    ("Facility Manager (Flow Cytometry)", "Research", ""),
    ("Instrument Scientist", "Research", ""),
    ("Animal Technologist", "Technical", ""),
    ("Instrument Maker", "Technical", "5224"),
    ("Precision Machinist", "Technical", "5221"),
    ("Technical Demonstrator (Fashion)", "Academic Support", ""),
    ("Stores Technician", "Technical", "4133"),
    ("Apprentice Technician", "Technical", "3119"),
    ("Radiation Protection Technician", "Technical", ""),
    ("Data Centre Technician", "Professional", "3131"),
    ("Field Station Technician", "Technical", ""),
]
TECHNICIANS: list[tuple[str, str, str]] = _RANKED + _ODD

OTHERS: list[tuple[str, str, str]] = [
    ("Lecturer in Chemistry", "Academic", "2311"),
    ("Senior Lecturer", "Academic", "2311"),
    ("Professor of Physics", "Academic", "2311"),
    ("Reader in Music", "Academic", "2311"),
    ("Teaching Fellow", "Academic", "2311"),
    ("Research Fellow", "Research", "2162"),
    ("Research Associate", "Research", "2162"),
    ("Administrator", "Professional", "4159"),
    ("Departmental Administrator", "Professional", "4159"),
    ("Student Support Officer", "Professional", "3229"),
    ("Finance Officer", "Professional", "4122"),
    ("Library Assistant", "Professional", "4135"),
    ("Cleaner", "Operational", "9223"),
    ("Porter", "Operational", "6232"),
    ("Security Officer", "Operational", "9231"),
    ("Catering Assistant", "Operational", "9263"),
    ("Admissions Officer", "Professional", "4159"),
    ("Head of Registry", "Professional", "2319"),
    ("Marketing Manager", "Professional", "2432"),
    ("Solicitor", "Professional", "2412"),
    ("Technical Author", "Professional", "3412"),
]
