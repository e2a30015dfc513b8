"""What the documents speak of is named and described in the catalogue."""

from collections import Counter

from rdflib import RDF, SKOS, URIRef
from tests.data.conftest import Curated

from stigraph.vocab import ID, curie

KINDS = ("programme", "project", "document", "organization", "partner", "objective", "indicator")


def test_every_thing_of_the_catalogue_has_one_name_in_each_language(catalogue: Curated) -> None:
    faults = []
    for path, graph in catalogue.items():
        for thing in sorted(set(graph.subjects(RDF.type)), key=str):
            languages = Counter(getattr(label, "language", None) for label in graph.objects(thing, SKOS.prefLabel))
            if languages != {"ja": 1, "en": 1}:
                given = ", ".join(f"{count} × @{language}" for language, count in languages.items()) or "none"
                faults.append(f"{path}: {curie(str(thing))} needs one skos:prefLabel @ja and one @en; it has {given}.")
    assert not faults, "\n".join(faults)


def test_every_block_of_the_catalogue_says_what_class_the_thing_is_of(catalogue: Curated) -> None:
    faults = [
        f"{path}: {curie(str(thing))} has no class; add `a sti:…`."
        for path, graph in catalogue.items()
        for thing in sorted(set(graph.subjects()), key=str)
        if (thing, RDF.type, None) not in graph
    ]
    assert not faults, "\n".join(faults)


def test_every_thing_is_in_one_file_of_the_catalogue(catalogue: Curated) -> None:
    homes: dict[str, list[str]] = {}
    for path, graph in catalogue.items():
        for thing in set(graph.subjects()):
            homes.setdefault(str(thing), []).append(str(path))
    faults = [
        f"{curie(thing)} is in {' and '.join(paths)}; merge the blocks into one."
        for thing, paths in sorted(homes.items())
        if len(paths) > 1
    ]
    assert not faults, "\n".join(faults)


def test_every_thing_a_document_points_at_is_described_in_the_catalogue(catalogue: Curated, sources: Curated) -> None:
    known = {thing for graph in catalogue.values() for thing in graph.subjects(RDF.type)}
    faults = {
        f"{path}: {curie(str(subject))} {curie(str(predicate))} {curie(str(thing))}, which no file of the catalogue "
        "describes; correct the IRI or describe it."
        for path, graph in sources.items()
        for subject, predicate, thing in graph
        if isinstance(thing, URIRef)
        and str(thing).startswith(tuple(f"{ID}{kind}/" for kind in KINDS))
        and thing not in known
    }
    assert not faults, "\n".join(sorted(faults))


def test_every_thing_a_document_describes_is_in_the_catalogue(catalogue: Curated, sources: Curated) -> None:
    known = {thing for graph in catalogue.values() for thing in graph.subjects(RDF.type)}
    faults = {
        f"{path}: {curie(str(thing))} is not in the catalogue; add its class and names there, or correct the IRI."
        for path, graph in sources.items()
        for thing in graph.subjects()
        if thing not in known and str(thing).startswith(tuple(f"{ID}{kind}/" for kind in KINDS))
    }
    assert not faults, "\n".join(sorted(faults))
