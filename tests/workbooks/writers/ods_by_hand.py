#!/usr/bin/python3
"""tests/workbooks/writers/ods_by_hand.py: writes tests/data/workbooks/ods: what
OpenDocument allows, or what nobody should send, and no program that we have
writes so. Each file is small, and the same whenever it is written."""
import zipfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "data/workbooks/ods"
KIND = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}


def spaces(**other):
    return "".join(' xmlns:%s="%s"' % (other.get(name, name), uri) for name, uri in SPACES.items())


def document(sheets, styles="", before="", root="document-content", more=""):
    return ('<?xml version="1.0" encoding="UTF-8"?>%s<office:%s%s%s>%s<office:body><office:spreadsheet>%s'
            "</office:spreadsheet></office:body></office:%s>" % (before, root, spaces(), more, styles, sheets, root))


def p(text):
    return "".join("<text:p>%s</text:p>" % line for line in text.split("\n"))


def cell(value, seen=None, more=""):
    """A text, or (type, value) and what is seen of it."""
    if isinstance(value, str):
        return '<table:table-cell office:value-type="string"%s>%s</table:table-cell>' % (more, p(value))
    kind, value = value
    name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(kind, "value")
    return '<table:table-cell office:value-type="%s" office:%s="%s"%s>%s</table:table-cell>' % (
        kind, name, value, more, p(seen if seen is not None else value))


def row(*cells, more=""):
    return "<table:table-row%s>%s</table:table-row>" % (
        more, "".join(cell(c) if isinstance(c, str) and not c.startswith("<") else c for c in cells))


def blank(count):
    return '<table:table-cell table:number-columns-repeated="%d"/>' % count


def sheet(name, *rows, more=""):
    return '<table:table table:name="%s"%s>%s</table:table>' % (name, more, "".join(rows))


def write(name, content, kind=KIND, manifest="", parts=()):
    with zipfile.ZipFile(FOLDER / name, "w", zipfile.ZIP_DEFLATED) as archive:
        def add(part, text, how=zipfile.ZIP_DEFLATED):
            info = zipfile.ZipInfo(part, (2024, 2, 29, 12, 0, 0))
            archive.writestr(info, text, how)
        add("mimetype", kind, zipfile.ZIP_STORED)
        if content is not None:
            add("content.xml", content)
        for part, text in parts:
            add(part, text)
        add("META-INF/manifest.xml",
            '<manifest:manifest%s><manifest:file-entry manifest:full-path="/" manifest:media-type="%s"/>%s'
            "</manifest:manifest>" % (spaces(), KIND, manifest))


HEADER = row("Mã KH", "Tên", "Số dư", "Ngày")
AN = row("KH001", "An", cell(("float", "1500000"), "1.500.000"), cell(("date", "2024-02-29"), "29/02/2024"))
BINH = row("KH002", "Bình", cell(("float", "9007199254740993"), "9.007.199.254.740.990"),
           cell(("date", "2024-03-01T13:05:00"), "01/03/2024 13:05"))


def values():
    """Each kind of a cell."""
    write("values.ods", document(sheet(
        "Kiểu", row("Loại", "Giá trị"),
        row("mã", cell(("float", "123"), "0000000123")),
        row("điện thoại", cell(("float", "912345678"), "0912-345-678")),
        row("tiền", cell(("currency", "1500000"), "1.500.000 ₫")),
        row("phần trăm", cell(("percentage", "0.075"), "7,5%")),
        row("số lẻ", cell(("float", "0.30000000000000004"), "0,3")),
        row("số dài", cell(("float", "12345678901234567890"), "1,23457E+19")),
        row("ngày", cell(("date", "2024-02-29T00:00:00"), "29/02/24")),
        row("ngày giờ", cell(("date", "2023-12-31T23:59:59.9999999"), "x")),
        row("giờ", cell(("time", "PT13H05M00S"), "13:05")),
        row("đúng sai", cell(("boolean", "true"), "ĐÚNG")),
        row("đoạn", cell("dòng một\n\ndòng ba")),
        row("trắng", cell("a<text:s text:c=\"3\"/>b<text:tab/>c<text:line-break/>d\n  e   f")),
        row("ghi chú", "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>không đọc</text:p>"
            "</office:annotation><text:p>đọc</text:p></table:table-cell>"),
        row("lỗi", "<table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\" office:string-value=\"\" "
            "office:x=\"\"><text:p>#DIV/0!</text:p></table:table-cell>"),
        row("thiếu", '<table:table-cell table:formula="of:=[.A1]"/>'))))


def shapes():
    """Repeats, merged cells, hidden rows and sheets."""
    hidden = ('<office:automatic-styles><style:style style:name="ta9" style:family="table"><style:table-properties '
              'table:display="false"/></style:style></office:automatic-styles>')
    write("repeats.ods", document(sheet(
        "KH", '<table:table-column table:number-columns-repeated="16384"/>',
        row(blank(16384), more=' table:number-rows-repeated="3"'), HEADER, AN,
        row(blank(16384), more=' table:number-rows-repeated="1000000"'), BINH,
        row("KH003", cell("x", more=' table:number-columns-repeated="2"'), blank(16381),
            more=' table:number-rows-repeated="2"'),
        row(blank(1024), more=' table:number-rows-repeated="2000000000"'))))
    write("hidden.ods", document(
        sheet("Cũ", HEADER, row("KH009", "cũ"), more=' table:style-name="ta9"') +
        sheet("KH", '<table:table-column/><table:table-column table:visibility="collapse"/>', HEADER, AN,
              row("KH003", "ẩn", more=' table:visibility="collapse"'),
              row("KH004", "lọc", more=' table:visibility="filter"'), BINH), styles=hidden))
    write("merged.ods", document(sheet(
        "KH", HEADER,
        row("KH001", cell("An", more=' table:number-columns-spanned="1" table:number-rows-spanned="2"'), "1"),
        row("KH002", "<table:covered-table-cell><text:p>che</text:p></table:covered-table-cell>", "2"))))
    write("sheets.ods", document(
        sheet("Bìa") + sheet("Miền Bắc", HEADER, AN) + sheet("Miền Nam", HEADER, BINH) +
        sheet("'file:///C:/khac.ods'#$KH", row("không", "đọc"))))


def written():
    """The same rows in other words."""
    plain = document(sheet("KH", HEADER, AN, BINH))
    write("utf16.ods", plain.replace('"UTF-8"', '"UTF-16"').encode("utf-16"))
    write("prefixes.ods", plain.replace("table:", "t:").replace("office:", "o:").replace("text:", "x:")
          .replace("xmlns:office", "xmlns:o").replace("xmlns:text", "xmlns:x").replace("xmlns:table", "xmlns:t"))
    write("comment.ods", plain.replace("<office:body>", "<!-- <table:table> --><office:body>"))
    write("template.ots", plain, kind=KIND + "-template")
    (FOLDER / "flat.fods").write_text(
        document(sheet("KH", HEADER, AN, BINH), root="document", more=' office:mimetype="%s"' % KIND), "utf-8")


def refused():
    """What is no spreadsheet that can be read."""
    plain = document(sheet("KH", HEADER, AN, BINH))
    write("encrypted.ods", b"\x17\xf3\x9a\x02 no XML at all", manifest=(
        '<manifest:file-entry manifest:full-path="content.xml" manifest:size="4711"><manifest:encryption-data '
        'manifest:checksum="x"/></manifest:file-entry>'))
    write("no-content.ods", None)
    write("no-sheet.ods", document(""))
    write("cut.ods", plain[:len(plain) // 2])
    write("entities.ods", plain.replace("?><", '?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><', 1))
    write("deep.ods", document("<table:table>" + "<table:table-row-group>" * 100000))
    write("repeated-text.ods", document(sheet("KH", HEADER, row(
        cell("x", more=' table:number-columns-repeated="16384"'), more=' table:number-rows-repeated="1048000"'))))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for make in (values, shapes, written, refused):
        make()
