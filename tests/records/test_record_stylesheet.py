"""record.xsl on headers of several habits: what they state is read, and nothing else."""

from __future__ import annotations

import pytest

from regesta.records import DocumentFacts, Entity, Mention, Record
from regesta.resources import folder
from regesta.saxon import Saxon, Stylesheet
from small_editions import NAMESPACE, tei


@pytest.fixture(scope="module")
def saxon() -> Saxon:
    return Saxon((Stylesheet("record", path=folder("xslt") / "record.xsl"),))


class Reader:
    """Makes records with the product's record.xsl."""

    def __init__(self, saxon: Saxon) -> None:
        self.saxon = saxon

    def facts(self, document: str) -> DocumentFacts:
        return DocumentFacts.from_json(self.saxon.transform("record", self.saxon.document(document)))

    def record(self, file: str = "", profile: str = "", body: str = "<p>Words.</p>", more: str = "") -> Record:
        """Return the record of a document; `file` stands in fileDesc, `profile` in profileDesc."""
        header = f"<teiHeader><fileDesc>{file}</fileDesc><profileDesc>{profile}</profileDesc>{more}</teiHeader>"
        text = f"<text><body>{body}</body></text>"
        return self.facts(f'<TEI xmlns="{NAMESPACE}">{header}{text}</TEI>').record

    def entities(self, lists: str) -> tuple[Entity, ...]:
        return self.facts(tei(lists)).entities


@pytest.fixture(scope="module")
def read(saxon: Saxon) -> Reader:
    return Reader(saxon)


def test_a_document_without_anything_has_a_record_without_anything(read: Reader) -> None:
    record = read.facts(f'<TEI xmlns="{NAMESPACE}"/>').record
    assert record == Record("", transcript="none")


# ── titles and identifiers ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "titles",
    [
        "<title>Memo</title>",
        "<title>\n  Memo\n</title>",
        "<title type='sub'>Sub</title><title type='main'>Memo</title>",
        "<title level='s'>Series</title><title level='a'>Memo</title>",
        "<title type='short'>M</title><title type='complete'>Memo</title>",
        "<title type='main'> </title><title>Memo</title>",
        "<title>Memo<note>not this</note></title>",
        "<title><choice><sic>Mmo</sic><corr>Memo</corr></choice></title>",
        "<title><choice><expan>Memorandum</expan><abbr>Memo</abbr></choice></title>",
    ],
)
def test_the_title_is_the_document_s_own(read: Reader, titles: str) -> None:
    assert read.record(f"<titleStmt>{titles}</titleStmt>").title == "Memo"


def test_subtitles_and_numbers_are_kept(read: Reader) -> None:
    record = read.record(
        "<titleStmt><title type='main'>A</title><title type='sub'>B</title></titleStmt>"
        "<publicationStmt><idno type='record'>110123</idno>"
        "<idno><idno type='DOI'>10.1/x</idno></idno></publicationStmt>"
    )
    assert record.subtitles == ("B",)
    assert [(each.type, each.value) for each in record.identifiers] == [("record", "110123"), ("DOI", "10.1/x")]


def test_the_series_says_where_in_the_collection(read: Reader) -> None:
    series = "<seriesStmt><title cert='{}'>August 1956</title><biblScope unit='item' n='{}'/></seriesStmt>"
    stated = read.record(series.format("high", "7"))
    assert (stated.collection, stated.membership, stated.order) == ("August 1956", "certain", 7)
    assert read.record(series.format("low", "vii")).membership == "possible"
    assert read.record(series.format("low", "vii")).order is None


# ── dates ──────────────────────────────────────────────────────────────────────────────────────────────────


THEN = "<date when='1956-09-16'>then</date>"
ORIGIN = "<history><origin><origDate when='1956-09-16'>then</origDate></origin></history>"


def test_a_related_document_that_nobody_holds_is_told_in_words(read: Reader) -> None:
    lost = "<notesStmt><relatedItem type='translation-of'><bibl>A text that is lost</bibl></relatedItem></notesStmt>"
    (relation,) = read.record(lost).relations
    assert (relation.name, relation.target, relation.label) == ("translation-of", "", "A text that is lost")


def test_a_date_that_the_header_repeats_is_one_date(read: Reader) -> None:
    creation = "<creation><date type='sent' when='1956-09-16'>16 September</date></creation>"
    sent = "<correspDesc><correspAction type='sent'>{}</correspAction></correspDesc>"
    assert [each.written for each in read.record("", creation + sent.format(THEN), "").dates] == ["16 September"]
    other = "<date when='1956-09-17'>the day after</date>"
    assert len(read.record("", creation + sent.format(other), "").dates) == 2
    assert len(read.record("", sent.format(THEN) + sent.format(THEN.replace("'1956-09-16'", "''")), "").dates) == 2


@pytest.mark.parametrize(
    ("file", "profile", "body", "kind"),
    [
        ("", "<creation><date when='1956-09-16'>then</date></creation>", "", "written"),
        ("", "<creation><date type='signed' when='1956-09-16'>then</date></creation>", "", "signed"),
        ("", f"<correspDesc><correspAction type='sent'>{THEN}</correspAction></correspDesc>", "", "sent"),
        ("", "<settingDesc><setting><date when='1956-09-16'>then</date></setting></settingDesc>", "", "event"),
        ("<publicationStmt><date type='created' when='1956-09-16'>then</date></publicationStmt>", "", "", "written"),
        (f"<sourceDesc><msDesc>{ORIGIN}</msDesc></sourceDesc>", "", "", "written"),
        ("", "", "<opener><dateline>P., <date when='1956-09-16'>then</date></dateline></opener>", "written"),
        ("<sourceDesc><bibl><date when='1956-09-16'>then</date></bibl></sourceDesc>", "", "", "printed"),
    ],
)  # fmt: skip
def test_dates_are_read_wherever_headers_have_them(read: Reader, file: str, profile: str, body: str, kind: str) -> None:
    (date,) = read.record(file, profile, body).dates
    assert (date.kind, date.when, date.written) == (kind, "1956-09-16", "then")


def test_what_the_header_states_comes_before_what_the_text_says(read: Reader) -> None:
    (date,) = read.record(
        "", "<creation><date when='1956'/></creation>", "<dateline><date when='1999'/></dateline>"
    ).dates
    assert date.when == "1956"


def test_ranges_and_doubts_are_kept(read: Reader) -> None:
    attributes = "notBefore='1955' notAfter='1956' from='1957' to='1958' cert='low'"
    (date,) = read.record("", f"<creation><date {attributes}/></creation>").dates
    assert (date.not_before, date.not_after, date.date_from, date.date_to) == ("1955", "1956", "1957", "1958")
    assert date.cert == "low"


# ── names ──────────────────────────────────────────────────────────────────────────────────────────────────


def mentions(record: Record) -> list[tuple[str, str, str, str]]:
    return [(each.kind, each.role, each.ref, each.label) for each in record.mentions]


def test_who_wrote_to_whom(read: Reader) -> None:
    action = "<correspAction type='{}'><persName ref='#{}'>{}</persName><placeName>Seoul</placeName></correspAction>"
    profile = f"<correspDesc>{action.format('sent', 'a', 'A')}{action.format('received', 'b', 'B')}</correspDesc>"
    record = read.record("<titleStmt><author>C</author><editor role='translator'>D</editor></titleStmt>", profile)
    assert mentions(record) == [
        ("person", "author", "", "C"),
        ("person", "translator", "", "D"),
        ("person", "sender", "#a", "A"),
        ("place", "mentioned", "", "Seoul"),
        ("person", "addressee", "#b", "B"),
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(("<persName ref='#x'>N</persName>", "person"), ("<orgName ref='#x'>N</orgName>", "organisation")),
        *(("<placeName ref='#x'>N</placeName>", "place"), ("<settlement ref='#x'>N</settlement>", "place")),
        *(("<eventName ref='#x'>N</eventName>", "event"), ("<term ref='#x'>N</term>", "term")),
        *(("<rs type='person' ref='#x'>N</rs>", "person"), ("<name type='org' ref='#x'>N</name>", "organisation")),
        *(("<name type='Place' key='#x'>N</name>", "place"), ("<rs type='work' ref='#x'>N</rs>", "work")),
    ],
)
def test_names_in_the_text_are_mentions_of_their_kind(read: Reader, name: str, kind: str) -> None:
    (mention,) = read.record(body=f"<p>{name}</p>").mentions
    assert mention == Mention(kind, "#x", "N", in_text=True)


@pytest.mark.parametrize("name", ["<persName>N</persName>", "<rs ref='#x'>N</rs>", "<hi>N</hi>"])
def test_what_points_nowhere_is_no_mention(read: Reader, name: str) -> None:
    assert read.record(body=f"<p>{name}</p>").mentions == ()


def test_several_pointers_are_several_mentions_and_the_same_one_is_told_once(read: Reader) -> None:
    record = read.record(body="<p><rs type='person' ref='#a\n #b'>both</rs> <persName ref='#a'>A</persName></p>")
    assert [mention.ref for mention in record.mentions] == ["#a", "#b"]


def test_entries_of_a_list_are_not_mentioned_but_listed(read: Reader) -> None:
    person = "<person xml:id='kim'><persName ref='#other'>Kim</persName></person>"
    facts = read.facts(tei(f"<p>Words</p><listPerson>{person}</listPerson>"))
    assert facts.record.mentions == ()
    assert [(entity.key, entity.label) for entity in facts.entities] == [("kim", "Kim")]


# ── source, rights, profile ────────────────────────────────────────────────────────────────────────────────


def test_a_shelfmark_is_kept_whole_and_in_parts(read: Reader) -> None:
    number = "<idno type='shelfmark'><idno type='fond'>0102</idno>, <idno type='opis'>12</idno></idno>"
    place = f"<msIdentifier><settlement>Moscow</settlement><repository>AVPRF</repository>{number}</msIdentifier>"
    (holding,) = read.record(f"<sourceDesc><msDesc>{place}</msDesc></sourceDesc>").holdings
    assert (holding.repository, holding.settlement, holding.shelfmark) == ("AVPRF", "Moscow", "0102, 12")
    assert [(part.unit, part.value) for part in holding.parts] == [("fond", "0102"), ("opis", "12")]


def test_rights_are_those_of_the_licence(read: Reader) -> None:
    licence = (
        "<availability status='free'><p>Not this.</p><licence target='https://l'><p>CC0</p></licence></availability>"
    )
    record = read.record(f"<publicationStmt>{licence}</publicationStmt>")
    assert (record.rights, record.rights_url, record.access) == ("CC0", "https://l", "free")


def test_languages_are_stated_or_those_of_the_text(read: Reader) -> None:
    stated = "<langUsage><language ident='ru'/><language ident='ko'/><language ident='ru'/></langUsage>"
    assert read.record("", stated).languages == ("ru", "ko")
    assert read.facts(tei(attributes="xml:lang='en'")).record.languages == ("en",)


@pytest.mark.parametrize(
    ("body", "transcript"),
    [
        ("<p>Words.</p>", "full"),
        ("<p><gap reason='not-held'/></p>", "none"),
        ("<p>Words. <gap reason='editorial'/></p>", "partial"),
        ("<p>Words. <gap reason='illegible'/></p>", "full"),
    ],
)
def test_how_much_is_transcribed(read: Reader, body: str, transcript: str) -> None:
    assert read.record(body=body).transcript == transcript


def test_an_abstract_says_whose_it_is(read: Reader) -> None:
    center = "<respStmt xml:id='wc'><resp>by</resp> <name>The Center</name></respStmt>"
    resp = f"<titleStmt><title>T</title>{center}</titleStmt>"
    record = read.record(resp, "<abstract resp='#wc'><p>One.</p><p>Two.</p></abstract>")
    assert (record.abstract, record.abstract_source) == ("One. Two.", "by The Center")
    assert read.record("", "<abstract source='https://x'><p>One.</p></abstract>").abstract_source == "https://x"


def test_a_title_in_a_sentence_is_a_part_of_it(read: Reader) -> None:
    abstract = "<abstract><p>In the film <title>Red Lamp</title>, which he saw; “<title>So</title>”.</p></abstract>"
    assert read.record("", abstract).abstract == "In the film Red Lamp, which he saw; “So”."


def test_relations_are_read_from_their_three_places(read: Reader) -> None:
    related = "<sourceDesc><relatedItem type='draft-of' target='a.xml b.xml'/></sourceDesc>"
    context = "<correspDesc><correspContext><ref type='reply-to' target='c.xml'>C</ref></correspContext></correspDesc>"
    relation = "<listRelation><relation name='part-of' passive='d.xml'/></listRelation>"
    found = read.record(related, context, relation).relations
    assert [(each.name, each.target, each.label) for each in found] == [
        ("draft-of", "a.xml", ""),
        ("draft-of", "b.xml", ""),
        ("reply-to", "c.xml", "C"),
        ("part-of", "d.xml", ""),
    ]


def test_the_status_is_read_as_written(read: Reader) -> None:
    assert read.record(more="<revisionDesc status='Under review'/>").status == "Under review"


# ── entities ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_person_has_names_facts_and_numbers(read: Reader) -> None:
    (entity,) = read.entities(
        "<listPerson><person xml:id='kim'>"
        "<persName type='variant' xml:lang='ko'>김일성</persName>"
        "<persName type='main'><surname>Kim</surname><forename>Il Sung</forename></persName>"
        "<birth when='1912-04-15'>near P.</birth><note type='role'>Premier</note>"
        "<idno type='VIAF'>https://viaf.org/1</idno></person></listPerson>"
    )
    assert (entity.kind, entity.key, entity.label) == ("person", "kim", "Kim, Il Sung")
    assert [(name.text, name.type, name.language) for name in entity.names] == [
        ("김일성", "variant", "ko"),
        ("Kim, Il Sung", "main", ""),
    ]
    assert [(fact.kind, fact.text, fact.dates) for fact in entity.facts] == [
        ("birth", "near P.", "1912-04-15"),
        ("role", "Premier", ""),
    ]
    assert [(each.type, each.value) for each in entity.authorities] == [("VIAF", "https://viaf.org/1")]


def test_lists_of_every_kind_are_read(read: Reader) -> None:
    entities = read.entities(
        "<listOrg><org xml:id='o'><orgName>O</orgName></org></listOrg>"
        "<listPlace><place xml:id='p'><placeName>P</placeName><location><geo>39 125</geo></location>"
        "<place xml:id='q'><settlement>Q</settlement></place></place></listPlace>"
        "<listEvent><event xml:id='e' from='1956-08-30' to='1956-08-31'><label>E</label></event></listEvent>"
        "<list type='gloss'><label xml:id='t'>T</label><item>means this</item></list>"
    )
    assert [(entity.kind, entity.key, entity.label) for entity in entities] == [
        ("organisation", "o", "O"),
        ("place", "p", "P"),
        ("place", "q", "Q"),
        ("event", "e", "E"),
        ("term", "t", "T"),
    ]
    assert entities[1].coordinates == "39 125"
    assert [fact.dates for fact in entities[3].facts] == ["1956-08-30–1956-08-31"]


def test_an_entry_without_a_name_is_still_an_entry(read: Reader) -> None:
    (entity,) = read.entities("<listPerson><person xml:id='x'/></listPerson>")
    assert (entity.key, entity.label, entity.names) == ("x", "", ())


# ── the same facts, there and back ─────────────────────────────────────────────────────────────────────────


def test_facts_survive_being_json(read: Reader) -> None:
    facts = read.facts(tei("<p>W</p><listPerson><person xml:id='k'><persName>K</persName></person></listPerson>"))
    assert DocumentFacts.from_json(facts.to_json()) == facts
