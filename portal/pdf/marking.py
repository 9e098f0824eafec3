"""The mark that a PDF is accessible, set in a file that WeasyPrint made as PDF/A.

PDF/UA-1 (ISO 14289-1, clause 5) asks for `pdfuaid:part`; PDF/A-3 (ISO 19005-3, 6.6.2.3) asks that a name it does not
know is described in the file itself.
"""

from io import BytesIO

import pikepdf

from portal.pdf.structure import mend_structure

END = b"</rdf:RDF>"
ACCESSIBLE = b"""
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
 <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
   <pdfaProperty:name>part</pdfaProperty:name>
   <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
   <pdfaProperty:category>internal</pdfaProperty:category>
   <pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
 </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def mark_accessible(pdf: bytes) -> bytes:
    """Give the same PDF, marked as PDF/UA-1. Its metadata lies uncompressed, so that anything can read it."""
    with pikepdf.open(BytesIO(pdf)) as document:
        mend_structure(document)
        known = document.Root.Metadata.read_bytes()
        if known.count(END) != 1:
            raise ValueError("the metadata are not as WeasyPrint writes them")
        told = pikepdf.Stream(document, known.replace(END, ACCESSIBLE + END))
        told.Type, told.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
        document.Root.Metadata = document.make_indirect(told)
        marked = BytesIO()
        document.save(marked, deterministic_id=True)
    return marked.getvalue()
