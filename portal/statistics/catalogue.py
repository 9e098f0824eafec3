"""The catalogue of our open data as DCAT-AP-SE in Turtle, for those who gather catalogues. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.i18n import without_marks
from portal.pledgebook.models import Pledge, PledgeVersion

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
"""
KINDS: Mapping[str, str] = {"csv": "text/csv", "json": "application/json"}
FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/UPDATE_CONT"
THEME = "http://publications.europa.eu/resource/authority/data-theme/GOVE"


@dataclass(frozen=True)
class Publisher:
    """Who publishes: the municipality, and how to reach it."""

    name: str
    base_url: str
    email: str


@dataclass(frozen=True)
class Dataset:
    """One set of figures, with the address of each of its files without the ending."""

    id: str
    title: str
    description: str
    file: str


def datasets(pledges: Iterable[tuple[Pledge, PledgeVersion]]) -> list[Dataset]:
    """Give the sets there are: all pledges by month, and each pledge by itself."""
    whole = Dataset(
        "loften",
        "Servicelöften: utfall månad för månad",
        "Hur ofta kommunens servicelöften har hållits, alla löften och alla månader.",
        "/oppna-data/loften",
    )
    single = [
        Dataset(
            f"loften/{pledge.slug}",
            f"Servicelöfte: {without_marks(version.short)}",
            f"Utfall månad för månad för löftet: {without_marks(version.promise)}",
            f"/loften/{pledge.slug}/utfall",
        )
        for pledge, version in pledges
    ]
    return [whole, *single]


def turtle(sets: Iterable[Dataset], publisher: Publisher) -> str:
    """Give the catalogue."""
    base, found = publisher.base_url, list(sets)
    names = " , ".join(f"<{base}/oppna-data#{each.id}>" for each in found)
    head = f"""<{base}/oppna-data/katalog.ttl#katalog> a dcat:Catalog ;
  dcterms:title "Öppna data om servicelöften"@sv ;
  dcterms:description "Hur ofta {_text(publisher.name)} håller sina servicelöften."@sv ;
  dcterms:language <http://publications.europa.eu/resource/authority/language/SWE> ;
  dcterms:license <{CC0}> ;
  foaf:homepage <{base}/oppna-data> ;
  dcterms:publisher <{base}/#kommun> ;
  dcat:dataset {names} .

<{base}/#kommun> a foaf:Agent ;
  foaf:name {_quoted(publisher.name)}@sv .

<{base}/#kontakt> a vcard:Organization ;
  vcard:fn {_quoted(publisher.name)} ;
  vcard:hasEmail <mailto:{publisher.email}> .
"""
    return "\n".join([PREFIXES, head, *(_dataset(each, base) for each in found)])


def _dataset(one: Dataset, base: str) -> str:
    files = " , ".join(f"<{base}{one.file}.{ending}>" for ending in KINDS)
    described = f"""<{base}/oppna-data#{one.id}> a dcat:Dataset ;
  dcterms:title {_quoted(one.title)}@sv ;
  dcterms:description {_quoted(one.description)}@sv ;
  dcterms:publisher <{base}/#kommun> ;
  dcterms:accrualPeriodicity <{FREQUENCY}> ;
  dcat:theme <{THEME}> ;
  dcat:contactPoint <{base}/#kontakt> ;
  dcat:landingPage <{base}/oppna-data> ;
  dcat:distribution {files} .
"""
    return "\n".join([described, *(_distribution(one, base, ending) for ending in KINDS)])


def _distribution(one: Dataset, base: str, ending: str) -> str:
    address = f"{base}{one.file}.{ending}"
    return f"""<{address}> a dcat:Distribution ;
  dcterms:title {_quoted(f"{one.title} ({ending.upper()})")}@sv ;
  dcat:accessURL <{address}> ;
  dcat:downloadURL <{address}> ;
  dcat:mediaType <https://www.iana.org/assignments/media-types/{KINDS[ending]}> ;
  dcterms:license <{CC0}> .
"""


def _text(words: str) -> str:
    return _quoted(words)[1:-1]


def _quoted(words: str) -> str:
    """Give a text as Turtle writes it: the escapes of JSON are among its own."""
    return json.dumps(words, ensure_ascii=False)
