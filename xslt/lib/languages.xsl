<?xml version="1.0" encoding="UTF-8"?>
<!-- Languages of the text: `lang`, and the direction in which a language is written. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:f="urn:regesta:function"
  xmlns:v="urn:regesta:variable"
  exclude-result-prefixes="#all"
  expand-text="yes">

  <!-- Languages written from right to left unless a script subtag says otherwise. -->
  <xsl:variable name="v:right-to-left" as="xs:string+" static="yes"
    select="tokenize('he heb yi yid ar ara fa fas per ur urd syr syc arc ps ckb dv ota')"/>

  <!-- ISO 639: codes of three letters for languages that have one of two, each with it. -->
  <xsl:variable name="v:two-letters" as="map(xs:string, xs:string)" static="yes" select="
    let $codes := tokenize('
    aar aa abk ab afr af aka ak alb sq amh am ara ar arg an arm hy asm as ava av ave ae aym ay aze az bak ba
    bam bm baq eu bel be ben bn bis bi bod bo bos bs bre br bul bg bur my cat ca ces cs cha ch che ce chi zh
    chu cu chv cv cor kw cos co cre cr cym cy cze cs dan da deu de div dv dut nl dzo dz ell el eng en epo eo
    est et eus eu ewe ee fao fo fas fa fij fj fin fi fra fr fre fr fry fy ful ff geo ka ger de gla gd gle ga
    glg gl glv gv gre el grn gn guj gu hat ht hau ha heb he her hz hin hi hmo ho hrv hr hun hu hye hy ibo ig
    ice is ido io iii ii iku iu ile ie ina ia ind id ipk ik isl is ita it jav jv jpn ja kal kl kan kn kas ks
    kat ka kau kr kaz kk khm km kik ki kin rw kir ky kom kv kon kg kor ko kua kj kur ku lao lo lat la lav lv
    lim li lin ln lit lt ltz lb lub lu lug lg mac mk mah mh mal ml mao mi mar mr may ms mkd mk mlg mg mlt mt
    mon mn mri mi msa ms mya my nau na nav nv nbl nr nde nd ndo ng nep ne nld nl nno nn nob nb nor no nya ny
    oci oc oji oj ori or orm om oss os pan pa per fa pli pi pol pl por pt pus ps que qu roh rm ron ro rum ro
    run rn rus ru sag sg san sa sin si slk sk slo sk slv sl sme se smo sm sna sn snd sd som so sot st spa es
    sqi sq srd sc srp sr ssw ss sun su swa sw swe sv tah ty tam ta tat tt tel te tgk tg tgl tl tha th tib bo
    tir ti ton to tsn tn tso ts tuk tk tur tr twi tw uig ug ukr uk urd ur uzb uz ven ve vie vi vol vo wel cy
    wln wa wol wo xho xh yid yi yor yo zha za zho zh zul zu')
    return map:merge(for $pair in 1 to count($codes) idiv 2 return map:entry($codes[2 * $pair - 1], $codes[2 * $pair]))"/>

  <xsl:variable name="v:short-codes" as="map(xs:string, xs:boolean)" static="yes" select="
    map:merge($v:two-letters?* ! map:entry(., true()), map { 'duplicates': 'use-first' })"/>

  <!-- ISO 15924: the codes of scripts. -->
  <xsl:variable name="v:scripts" as="map(xs:string, xs:boolean)" static="yes" select="map:merge(tokenize('
    adlm afak aghb ahom arab armi armn avst bali bamu bass batk beng bopo brah brai bugi buhd cakm cans cari
    cham cher chrs copt cpmn cprt cyrl cyrs deva dogr dsrt dupl egyd egyh egyp elba elym ethi geok geor glag
    gong gonm goth gran grek gujr guru hanb hang hani hano hans hant hatr hebr hira hluw hmng hmnp hrkt hung
    inds ital jamo java jpan jurc kali kana khar khmr khoj kits knda kore kpel kthi lana laoo latf latg latn
    leke lepc limb lina linb lisu loma lyci lydi mahj maka mand mani marc maya medf mend merc mero mlym modi
    mong moon mroo mtei mult mymr nand narb nbat newa nkdb nkgb nkoo nshu ogam olck orkh orya osge osma palm
    pauc perm phag phli phlp phlv phnx plrd prti qaaa rjng rohg roro runr samr sara sarb saur sgnw shaw shrd
    shui sidd sind sinh sogd sogo sora soyo sund sylo syrc syre syrj syrn tagb takr tale talu taml tang tavt
    telu teng tfng tglg thaa thai tibt tirh toto ugar vaii visp wara wcho wole xpeo xsux yezi yiii zanb zinh
    zmth zsye zsym zxxx zyyy zzzz') ! map:entry(., true()))"/>

  <xsl:function name="f:direction" as="xs:string">
    <xsl:param name="language" as="xs:string"/>
    <xsl:variable name="subtags" as="xs:string*" select="tokenize(lower-case($language), '-')"/>
    <xsl:variable name="script" as="xs:string?" select="$subtags[position() gt 1][matches(., '^[a-z]{4}$')][1]"/>
    <xsl:sequence select="
      if (($script, $subtags[1])[1] = ($v:right-to-left, 'hebr', 'arab', 'syrc', 'thaa')) then 'rtl' else 'ltr'"/>
  </xsl:function>

  <!-- `lang` and `dir` for what $element says of its language; a value that is no language tag says nothing. -->
  <xsl:function name="f:language-attributes" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/@xml:lang ! f:in-language(string(.))"/>
  </xsl:function>

  <!-- `lang` and `dir` for words in $language. -->
  <xsl:function name="f:in-language" as="attribute()*">
    <xsl:param name="language" as="xs:string"/>
    <xsl:if test="f:is-language($language)">
      <xsl:attribute name="lang" select="f:language-tag($language)"/>
      <xsl:attribute name="dir" select="f:direction($language)"/>
    </xsl:if>
  </xsl:function>

  <!-- The tag as browsers want it: two letters where there are such (BCP 47, 2.2.1), and no script that is none. -->
  <xsl:function name="f:language-tag" as="xs:string">
    <xsl:param name="language" as="xs:string"/>
    <xsl:variable name="subtags" as="xs:string+" select="tokenize($language, '-')"/>
    <xsl:variable name="first" as="xs:string" select="lower-case($subtags[1])"/>
    <xsl:sequence select="string-join((
      ($v:two-letters($first), $first)[1],
      tail($subtags)[not(matches(., '^[A-Za-z]{4}$')) or map:contains($v:scripts, lower-case(.))]), '-')"/>
  </xsl:function>

  <!-- True for what is made like a language tag and begins with a code that is one, as far as codes of two letters go. -->
  <xsl:function name="f:is-language" as="xs:boolean">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:variable name="first" as="xs:string" select="lower-case(replace($tag, '-.*$', '', 's'))"/>
    <xsl:sequence select="matches($tag, '^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$')
      and (string-length($first) = 3 or map:contains($v:short-codes, $first))"/>
  </xsl:function>

</xsl:stylesheet>
