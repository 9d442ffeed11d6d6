<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:r="urn:regesta:record"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0">

  <!-- The type of a document is the first word of its title. -->
  <xsl:function name="r:type" as="xs:string">
    <xsl:param name="tei" as="element()"/>
    <xsl:param name="division" as="element()?"/>
    <xsl:sequence select="tokenize($tei/teiHeader//titleStmt/title)[1]"/>
  </xsl:function>
</xsl:stylesheet>
