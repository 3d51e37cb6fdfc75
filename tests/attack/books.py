"""books.py: packages that mean harm, made by hand: zip archives whose directory
may lie, and the parts of XLSX and ODS in them.

A part is bytes, or a Part: a piece that is repeated, so that gigabytes are
deflated in no time and never stand in memory."""
import dataclasses
import struct
import zlib

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclasses.dataclass
class Part:
    head: bytes
    block: bytes
    count: int
    tail: bytes

    def pieces(self):
        yield self.head
        for _ in range(self.count):
            yield self.block
        yield self.tail

    def deflated(self):
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(self.head) + packer.flush(zlib.Z_FULL_FLUSH)
        block = packer.compress(self.block) + packer.flush(zlib.Z_FULL_FLUSH)
        return packed + block * self.count + packer.compress(self.tail) + packer.flush()


@dataclasses.dataclass
class Member:
    """One of an archive, with what its headers say of it where that is a lie."""
    name: str
    content: object
    size: int = None
    packed: int = None
    crc: int = None
    local_name: str = None
    at: int = None
    flags: int = 0x800
    method: int = 8


def measured(content):
    if content == b"":
        return b"\3\0", 0, 0
    part = content if isinstance(content, Part) else Part(content, b"", 0, b"")
    crc = size = 0
    for piece in part.pieces():
        crc, size = zlib.crc32(piece, crc), size + len(piece)
    return part.deflated(), crc, size


def archive(members, comment=b""):
    out, directory = bytearray(), bytearray()
    for member in members:
        packed, crc, size = measured(member.content)
        if member.method == 0:
            packed = member.content
        head = (20, member.flags, member.method, 0, 0x21, crc if member.crc is None else member.crc,
                len(packed) if member.packed is None else member.packed, size if member.size is None else member.size)
        name = member.name.encode()
        local = (member.local_name or member.name).encode()
        at = len(out) if member.at is None else member.at
        out += struct.pack("<IHHHHHIIIHH", 0x04034b50, *head, len(local), 0) + local + packed
        directory += struct.pack("<IHHHHHHIIIHHHHHII", 0x02014b50, 20, *head, len(name), 0, 0, 0, 0, 0, at) + name
    count = min(len(members), 65535)
    return bytes(out + directory) + struct.pack("<IHHHHIIH", 0x06054b50, 0, 0, count, count, len(directory), len(out),
                                         len(comment)) + comment


def relations(*pairs):
    return (DECLARED + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + "".join(
        '<Relationship Id="r%d" Type="%s/%s" Target="%s"/>' % (i, OFFICE, kind, target)
        for i, (kind, target) in enumerate(pairs)) + "</Relationships>").encode()


def workbook(sheets='<sheet name="S" sheetId="1" r:id="r0"/>', more=""):
    return (DECLARED + '<workbook xmlns="%s" xmlns:r="%s"><sheets>%s</sheets>%s</workbook>' % (
        MAIN, OFFICE, sheets, more)).encode()


def text(at, value):
    return '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (at, value)


SHEET = DECLARED + '<worksheet xmlns="%s"><sheetData>' % MAIN
TOP = SHEET + '<row r="1">%s%s</row><row r="2">%s%s</row>' % (
    text("A1", "Code"), text("B1", "Name"), text("A2", "KH1"), text("B2", "A"))
END = "</sheetData></worksheet>"


def sheet(rows="", top=TOP, end=END):
    return (top + rows + end).encode()


def xlsx_members(sheet_part=None, **parts):
    """The usual parts of a workbook, with others in their places; None: it is
    not there."""
    usual = {
        "[Content_Types].xml": (DECLARED + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
                                'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>').encode(),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook(),
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")),
        "xl/worksheets/sheet1.xml": sheet() if sheet_part is None else sheet_part,
    }
    usual.update(parts)
    return [Member(name, content) for name, content in usual.items() if content is not None]


def xlsx(sheet_part=None, **parts):
    return archive(xlsx_members(sheet_part, **parts))


def strings(items, more=""):
    return (DECLARED + '<sst xmlns="%s"%s>%s</sst>' % (MAIN, more, items)).encode()


def styles(inside):
    return (DECLARED + '<styleSheet xmlns="%s">%s</styleSheet>' % (MAIN, inside)).encode()


# --- ODS ------------------------------------------------------------------------

SPACE = "urn:oasis:names:tc:opendocument:xmlns:%s:1.0"
ODS = (DECLARED + "<office:document-content %s><office:body><office:spreadsheet><table:table table:name=\"S\">" %
       " ".join('xmlns:%s="%s"' % (name, SPACE % name) for name in ("office", "table", "text")))
ODS_END = "</table:table></office:spreadsheet></office:body></office:document-content>"


def ods_cell(value, more=""):
    return ('<table:table-cell office:value-type="string"%s><text:p>%s</text:p></table:table-cell>' % (more, value)
            if value else "<table:table-cell%s/>" % more)


def ods_row(*cells, more=""):
    return "<table:table-row%s>%s</table:table-row>" % (more, "".join(cells))


ODS_TOP = ODS + ods_row(ods_cell("Code"), ods_cell("Name")) + ods_row(ods_cell("KH1"), ods_cell("A"))


def ods(content):
    return archive([Member("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", method=0),
                    Member("content.xml", content if isinstance(content, Part) else content.encode())])
