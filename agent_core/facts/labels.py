"""The labels of a resume page, and the headings of its tables, by what they mean.

Labels are compared by their letters and digits only, so that wrapping, case, colons and split words do
not matter.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from agent_core.facts.words import squeezed

PERSON: Mapping[str, Sequence[str]] = {
    "name": ("Name", "Full Name", "Candidate Name", "Name of Candidate"),
    "present_rank": ("Present Rank", "Current Rank"),
    "rank_applied_for": ("Rank Applied For", "Applied Rank", "Applied For", "Post Applied For"),
    "date_of_birth": ("Date of Birth", "DOB", "Birth Date"),
    "nationality": ("Nationality",),
    "email": ("Email Address", "Email", "E-mail", "Email Id", "E-mail Address"),
    "mobile_no": ("Mobile No", "Mobile", "Mobile Number", "Phone No", "Contact No", "Mobile Phone"),
    "place": ("City, State, Country", "City State Country", "City/State/Country"),
    "country": ("Country", "Country of Residence"),
    "availability": ("Availability", "Available From", "Date of Availability", "Availability Date"),
}
"""Facts of a person → the labels that they stand beside."""

NUMBER = (
    "number",
    "no",
    "documentno",
    "documentnumber",
    "certificateno",
    "certificatenumber",
    "docno",
    "certno",
    "passportno",
    "cdcno",
    "visano",
    "bookno",
    "cocno",
)
PLACE = (
    "place",
    "placeofissue",
    "issuedat",
    "issueplace",
    "issuedplace",
    "placeissued",
    "country",
    "countryofissue",
    "issuedby",
)
ISSUED = (
    "issue",
    "issued",
    "issuedate",
    "issueddate",
    "dateofissue",
    "issuedon",
    "dateissued",
    "doi",
    "validfrom",
)
EXPIRES = (
    "expiry",
    "expires",
    "expirydate",
    "dateofexpiry",
    "expireson",
    "validtill",
    "validuntil",
    "validity",
    "expirationdate",
    "validupto",
    "doe",
)
AUTHORITY = (
    "authority",
    "issuingauthority",
    "issueauthority",
    "issuedby",
    "institute",
    "issuinginstitute",
    "institution",
    "trainingcentre",
    "trainingcenter",
    "issuingcountry",
    "issuer",
)

DOCUMENT_KIND = (
    "document",
    "documenttype",
    "documents",
    "type",
    "traveldocument",
    "documentname",
    "traveldocuments",
    "kind",
)
CERTIFICATE_NAME = (
    "certificate",
    "certificatename",
    "course",
    "coursename",
    "grade",
    "certificates",
    "courses",
    "stcwcourse",
    "stcwcourses",
    "certificateofcompetency",
    "coc",
    "competency",
    "stcw",
    "certificateofcompetencygrade",
    "cocgrade",
    "training",
    "nameofcourse",
    "endorsement",
    "capacity",
)

SEA_SERVICE: Mapping[str, Sequence[str]] = {
    "vessel": ("vessel", "vesselname", "nameofvessel", "ship", "shipname", "nameofship"),
    "vessel_type": ("type", "vesseltype", "shiptype", "typeofvessel", "typeofship"),
    "flag": ("flag", "flagstate"),
    "tonnage": ("grt", "dwt", "grtdwt", "gt", "tonnage", "dwtgrt", "gtdwt", "grosstonnage"),
    "engine": ("engine", "enginetype", "mainengine", "enginemake", "typeofengine", "enginename"),
    "power": ("kw", "bhp", "kwbhp", "bhpkw", "power", "enginepower", "hp"),
    "rank": ("rank", "position", "rankserved", "capacity"),
    "company": ("company", "companyname", "employer", "manager", "nameofcompany", "owner"),
    "signed_on": ("from", "signon", "signedon", "signondate", "joined", "fromdate", "datefrom", "startdate"),
    "signed_off": ("to", "signoff", "signedoff", "signoffdate", "left", "todate", "dateto", "enddate"),
}
"""Facts of a row of sea service → the headings of its columns."""


_VISA = re.compile(r"\bvisas?(?![a-z])|\bvisa(?=(?:no|number|type)\b)", re.IGNORECASE)
"""A word of its own: the Visayas and Visakhapatnam are places."""

LONGEST_LABEL = 60
"""Letters and digits; what is longer is prose."""


def column(headings: Sequence[str], names: Sequence[str]) -> int | None:
    """Return the place of the first heading with one of these names; the earlier name wins.

    Args:
        headings: by their letters and digits, as `squeezed` makes them.
        names: likewise.
    """
    return next((headings.index(name) for name in names if name in headings), None)


def person_label(text: str) -> str | None:
    """Return which fact of a person this label stands for."""
    return _person_labels().get(squeezed(text))


def document_kind(text: str) -> str | None:
    """Return the kind of document that a label or heading names: passport, seaman's book or visa."""
    words = squeezed(text)
    if len(words) > LONGEST_LABEL:
        return None
    if "passport" in words:
        return "Passport"
    if "cdc" in words or "seamanbook" in words or "seamansbook" in words or "seamenbook" in words:
        return "CDC"
    if _VISA.search(text):
        return " ".join(text.split()).rstrip(":* ")
    return None


def is_document_label(text: str) -> bool:
    """Tell whether a label can be about a document: its kind, or a field of the one before."""
    words = squeezed(text)
    return document_kind(text) is not None or words in ISSUED or words in EXPIRES or words in PLACE


def is_label(text: str) -> bool:
    """Tell whether a text is the label of a fact of a person or a document."""
    return person_label(text) is not None or is_document_label(text)


@cache
def _person_labels() -> Mapping[str, str]:
    """Return each label of a person's facts, squeezed, with its fact; the earlier fact has a label of two."""
    return {squeezed(label): fact for fact, names in reversed(tuple(PERSON.items())) for label in names}
