"""What the proof knows of TEI: where a word may end because of an element, and where it may not.

Nothing here is read from the stylesheets: this is the second opinion on what the encoding says. The facts are
those of TEI P5's schema tei_all; an element that is not named here is unknown to the proof, which then lets
white space stand or be absent at its edges but still wants each of its characters.
"""

from __future__ import annotations

from regesta.fidelity.boundaries import BREAKING, EDGE, FREE, JOINED, LINE, UNBROKEN

TEI = "{http://www.tei-c.org/ns/1.0}"
HEADER = f"{TEI}teiHeader"
NOTE = f"{TEI}note"
TEXT = f"{TEI}text"
WHOLES = frozenset((f"{TEI}TEI", f"{TEI}teiCorpus"))
"""Elements that hold a header, a text and what stands beside the text."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Elements that stand as blocks of their own wherever TEI lets them stand: a word ends at their edges.
_BLOCKS = _names(
    """
    ab addrLine argument back body castGroup castItem castList cell closer div div1 div2 div3 div4 div5
    div6 div7 docTitle entry epigraph event facsimile floatingText front group head item l lg line
    listBibl listEvent listOrg listPerson listPlace opener org p person place postscript row sourceDoc
    sp speaker standOff surface table text titlePage trailer
    """
)

# Elements of the phrase, and points within it: words run through their edges ("<hi>R</hi>egest").
_PHRASES = _names(
    """
    abbr add addName addSpan affiliation alt am anchor att c certainty code corr country damage
    damageSpan date del delSpan depth dim distinct district email emph eventName ex expan foreign
    forename formula g genName geo geogFeat geogName gi gloss handShift height hi ident idno lang link
    locus m material measure mentioned mod name nameLink num objectName objectType offset orgName orig
    origDate origPlace persName persPronouns placeName precision ref reg region restore retrace rhyme
    roleName rs seg settlement shift sic soCalled supplied surname surplus tag term time title unclear
    unit val watermark width
    """
)

# Elements without text of their own in P5: white space between their children is layout, not text.
_ELEMENT_ONLY = _names(
    """
    TEI abstract additional address adminInfo altGrp altIdentifier alternate analytic annotation
    annotationBlock app arc argument attDef attList availability back biblFull biblStruct binding
    bindingDesc body broadcast calendar calendarDesc castGroup castList certainty choice cit classSpec
    classes climate constraintSpec content correspAction correspContext correspDesc custodialHist
    dataRef dataSpec datatype decoDesc dimensions div div1 div2 div3 div4 div5 div6 div7 divGen docTitle
    eLeaf eTree editionStmt elementSpec ellipsis entry epigraph epilogue equipment event exemplum fLib
    facsimile figure fileDesc floatingText forest front fs fvLib gap graph graphic group handDesc
    handNotes history hom iNode imprint incident index interpGrp join joinGrp keywords kinesic
    langKnowledge langUsage layoutDesc leaf lg linkGrp list listAnnotation listApp listBibl listChange
    listEvent listForest listNym listObject listOrg listPerson listPlace listRef listRelation
    listTranspose listWit location locusGrp macroSpec media model modelGrp modelSequence moduleRef
    moduleSpec monogr msContents msDesc msFrag msIdentifier msItem msItemStruct msPart node notatedMusic
    noteGrp notesStmt nym object objectDesc objectIdentifier org paramList paramSpec particDesc
    performance person personGrp persona physDesc place population postscript precision profileDesc
    prologue publicationStmt rdgGrp recordHist recording recordingStmt relatedItem relation remarks
    respStmt respons revisionDesc root row ruby schemaSpec scriptDesc scriptStmt seal sealDesc sequence
    seriesStmt set setting settingDesc sourceDesc sourceDoc sp spGrp space spanGrp specGrp specList
    standOff state subst substJoin superEntry supportDesc surface surfaceGrp table teiCorpus terrain
    text textClass textDesc timeline titlePage titleStmt trait transpose tree triangle typeDesc vAlt
    vColl vLabel vMerge vNot valItem valList vocal
    """
)

# Milestones whose @break tells whether they end a word; without it a new line does, and a new page, column,
# gathering or section may.
_MILESTONES = frozenset(f"{TEI}{name}" for name in _names("lb pb cb gb milestone"))
_LINE_BEGINNING = f"{TEI}lb"


def _table() -> dict[str, tuple[str, bool]]:
    edges = dict.fromkeys(_PHRASES, JOINED) | dict.fromkeys(_BLOCKS, EDGE)
    names = edges.keys() | _ELEMENT_ONLY
    return {f"{TEI}{name}": (edges.get(name, FREE), name in _ELEMENT_ONLY) for name in names}


# For each element known here: the mark at its edges, and whether its content is elements only.
ELEMENTS = _table()


def unknown_element(tag: str) -> tuple[str, bool]:
    """Return edge mark and "elements only" for an element that `ELEMENTS` lacks.

    White space between the children of an element from another namespace may be layout, for all we know.
    """
    return FREE, not tag.startswith(TEI)


def is_milestone(tag: str) -> bool:
    """Tell whether the element's @break decides if a word ends at it."""
    return tag in _MILESTONES


def milestone_mark(tag: str, breaks: str | None) -> str:
    """Return the mark of a milestone whose @break is `breaks` (TEI att.breaking)."""
    match breaks:
        case "no":
            return UNBROKEN
        case "yes":
            return BREAKING
        case "maybe":
            return FREE
        case _:
            return LINE if tag == _LINE_BEGINNING else FREE
