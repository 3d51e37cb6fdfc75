"""Made once, by Python 3.11: the files of this folder."""
import struct
import zipfile

MAIN = "application/vnd.openxmlformats-officedocument."
BOOK = ('<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="KH" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>")
SHEET = ('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
         '<row r="1"><c r="A1" t="str"><v>Mã</v></c><c r="B1" t="str"><v>Tên</v></c></row>'
         '<row r="2"><c r="A2" t="str"><v>KH01</v></c><c r="B2" t="str"><v>An</v></c></row></sheetData></worksheet>')
RELATIONS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
             '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>'
             "</Relationships>")


def types(kind, part="/xl/workbook.xml"):
    return ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="{part}" ContentType="{kind}"/></Types>')


def package(name, parts):
    with zipfile.ZipFile(name, "w") as made:
        for part, text in parts.items():
            content = text if isinstance(text, bytes) else text.encode()
            made.writestr(zipfile.ZipInfo(part, (2024, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def workbook(kind, folder="xl", encoding="utf-8"):
    part = f"{folder}/workbook.xml"
    return {"[Content_Types].xml": types(kind, "/" + part).encode(encoding),
            "_rels/.rels": RELATIONS.format("officeDocument", part), part: BOOK,
            f"{folder}/_rels/workbook.xml.rels": RELATIONS.format("worksheet", "sheet1.xml"), f"{folder}/sheet1.xml": SHEET}


package("book.xlsx", workbook(MAIN + "spreadsheetml.sheet.main+xml"))
package("macros.xlsm", workbook("application/vnd.ms-excel.sheet.macroEnabled.main+xml"))
package("template.xltx", workbook(MAIN + "spreadsheetml.template.main+xml"))
package("odd-names.xlsx", workbook(MAIN + "spreadsheetml.sheet.main+xml", "book/parts"))
package("utf16.xlsx", workbook(MAIN + "spreadsheetml.sheet.main+xml", "book", "utf-16"))
package("binary.xlsb", {"[Content_Types].xml": types("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
                        "xl/workbook.bin": b"\x83\x01\x00"})
package("letter.docx", {"[Content_Types].xml": types(MAIN + "wordprocessingml.document.main+xml"), "word/document.xml": "<w/>",
                        "word/embeddings/Book.xlsx": b"PK"})
package("slides.pptx", {"[Content_Types].xml": types(MAIN + "presentationml.presentation.main+xml"),
                        "ppt/presentation.xml": "<p/>"})
package("letter.odt", {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})
package("drawing.odg", {"mimetype": "application/vnd.oasis.opendocument.graphics", "content.xml": "<x/>"})
package("table.numbers", {"Index/Document.iwa": b"x"})


NONE = 0xFFFFFFFF


def entry(name, kind, right=NONE, child=NONE):
    text = name.encode("utf-16-le")
    return text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1) + struct.pack("<III", NONE, right, child) + bytes(48)


def compound(file, names):
    """A directory of as many sectors as it takes, one table, nothing else."""
    entries = [entry("Root Entry", 5, child=1)]
    entries += [entry(name, 2, at if at <= len(names) else NONE) for at, name in enumerate(names, 2)]
    entries += [bytes(128)] * (-len(entries) % 4)
    count = len(entries) // 4
    head = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
            + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0))
    table = [0xFFFFFFFD] + [i + 2 for i in range(count - 1)] + [0xFFFFFFFE]
    content = head.ljust(512, b"\xff") + b"".join(struct.pack("<I", at) for at in table).ljust(512, b"\xff") + b"".join(entries)
    with open(file, "wb") as made:
        made.write(content)


compound("locked.xlsx", ["EncryptionInfo", "EncryptedPackage"])
compound("letter.doc", ["1Table", "Data", "a", "b", "c", "d", "WordDocument"])
compound("slides.ppt", ["PowerPoint Document"])
compound("mail.msg", ["__properties_version1.0"])
compound("other.xls", ["Something"])
