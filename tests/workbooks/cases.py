"""cases.py: every file that the suite reads, and what a person sees in it.

    Case("xlsx/calamine_header-row.xlsx", header=(9,), left=(3,))

`header` are the lines that name the columns (() where there is none), `left`
the lines that are no rows of the table: said here by who looked at the file,
with what the independent reader answers for the cells. `options` are those of
fastsync, `sheet` is counted from 1. `reader` is one of readers.py,
by the name's end unless it is said. `faults`: lines that cannot be read, and of
a CSV `dialect` what Python's csv is told. `width` is how many columns there are, where
not all that hold anything. `code` 4 with `says`: it is refused,
and that is why. `differs` has for a line and column (from 1) what fastsync
answers instead, and `why` the reason."""
import dataclasses


@dataclasses.dataclass
class Case:
    file: str
    header: tuple = (1,)
    left: tuple = ()
    options: str = ""
    sheet: int = 1
    reader: str = None
    faults: tuple = ()
    dialect: dict = None
    code: int = 0
    says: str = ""
    width: int = None
    blank: bool = False  # rows of nothing but errors are rows
    differs: dict = dataclasses.field(default_factory=dict)
    why: str = ""

    @property
    def name(self):
        words = "".join("_" + word for word in self.options.replace("-", "").split())
        return self.file.replace("/", "_").replace("scripts_exports_", "") + words.replace("*", "all")


def xlsx(name, *given, **more):
    return Case("xlsx/" + name, *given, **more)


def csv(name, *given, **more):
    more.setdefault("dialect", {})
    return Case("csv/" + name, *given, **more)


WORKBOOKS = [
    xlsx("calamine_biff5-rich-text-string.xls", (3,), left=(1,)),
    xlsx("calamine_date.xlsx", ()),
    xlsx("calamine_date_1904.xls", ()),
    xlsx("calamine_date_1904.xlsx", ()),
    xlsx("calamine_date_quoted_format.xlsx", ()),
    xlsx("calamine_empty_shared_string_value.xlsx"),
    xlsx("calamine_errors.xlsx", (), options="--header 0", blank=True, width=1),
    xlsx("calamine_formula.issue.xlsx", ()),
    xlsx("calamine_has_x000D_.xlsx"),
    xlsx("calamine_header-row.xlsx", (9,), left=(3,)),
    xlsx("calamine_inlineStr_cdata.xlsx"),
    xlsx("calamine_merge_cells.xls", (1, 2)),
    xlsx("calamine_merged_range.xlsx", ()),
    xlsx("calamine_merged_range.xlsx", (), options="--sheet 2", sheet=2),
    xlsx("calamine_non_monotonic_si.xlsx", ()),
    xlsx("calamine_nonstandard-xml-ns-prefix.xlsx"),
    xlsx("calamine_richtext-namespaced.xlsx"),
    xlsx("calamine_sst_continue.xls", ()),
    xlsx("calamine_whitespace_trim.xlsx"),
    xlsx("calamine_whitespace_trim.xlsx", options="--sheet SharedStrings", sheet=2),
    xlsx("edr_Format49_@.xlsx", ()),
    xlsx("edr_NoDimensionOrCellReferenceAttribute.xlsx"),
    xlsx("edr_NoDimensionOrCellReferenceAttribute.xlsx", options="--sheet Country", sheet=2),
    xlsx("edr_Test_FullWidthSpace.xlsx", left=(2, 3)),
    xlsx("edr_Test_git_issue_609.xls", (16,), left=range(1, 16)),
    xlsx("excelize_MergeCell.xlsx", ()),
    xlsx("excelize_SharedStrings.xlsx"),
    xlsx("libxls_big-texty-numbers-xls.xls"),
    xlsx("libxls_dates-1904.xls", ()),
    xlsx("libxls_dates-leap-year-1900-xls.xls"),
    xlsx("libxls_missing-values-xls.xls"),
    xlsx("libxls_types.xls"),
    xlsx("libxls_types.xls", options="--sheet smorgasbord", sheet=3),
    xlsx("libxls_vietnamese-utf8.xls"),
    xlsx("phpss_1900_Calendar.xlsx", ()),
    xlsx("phpss_HiddenMergeCellsTest.xlsx", (), differs={(2, 2): 4, (2, 3): 3},
         why="cells below a merged one have values of their own; openpyxl drops them, the file has them"),
    xlsx("phpss_Zip-Linux-Directory-Separator.xlsx"),
    xlsx("phpss_blankcell.xlsx", ()),
    xlsx("phpss_namespacestd.xlsx", (), options="--sheet 1"),
    xlsx("phpss_namespacestd.xlsx", options="--sheet Second", sheet=2),
    xlsx("sheetjs_merge_cells.xlsx"),
    xlsx("sheetjs_minimal_112.xlsx"),
    xlsx("sheetjs_number_format_entities.xlsx", ()),
    xlsx("sheetjs_text_and_numbers.xlsx"),
    xlsx("sheetjs_write.xls", ()),
    xlsx("tabulator_merged-cells.xls"),
    xlsx("tabulator_merged-cells.xlsx"),
    xlsx("tabulator_multiline-headers.xlsx", (1, 4, 5), left=(6,), options="--header 1,4,5"),
    xlsx("tabulator_number_format_multicode.xlsx"),
    xlsx("tabulator_skip-rows.xlsx", (2,), left=(1,)),
    xlsx("tabulator_test_scientific_notation.xlsx"),
    xlsx("xlrd_biff4_no_format_no_window2.xls"),
    xlsx("xlrd_ragged.xls", left=(4, 5), width=3, code=3),
    xlsx("xlrd_ragged.xls", options="--ragged true", width=3),
    Case("scripts/exports/kiotviet_customers_anonymised.xlsx"),
    Case("scripts/exports/misa_khach-hang.xlsx", (2, 3), left=(1, 11, 13), options="--header 2,3"),
    Case("scripts/exports/web-shop_khach-hang.xls", (2,), left=(1, 10), reader="page"),
]

SEMICOLON, TAB = {"delimiter": ";"}, {"delimiter": "\t"}
CSV = [
    csv("backtick.csv", dialect={"delimiter": "`"}),
    csv("bad-data.csv"),
    csv("commons_csv-254.csv", ()),
    csv("commons_psql.csv", ()),
    csv("commons_psql.tsv", (), dialect=TAB),
    csv("complex.csv", dialect={"skipinitialspace": True}),
    csv("csvkit_bad.csv", left=(2,), code=3),
    csv("csvkit_blanks.csv"),
    csv("csvkit_null_byte.csv", faults=(2,), code=3),
    csv("csvkit_test_header_newline.csv"),
    csv("csvkit_test_locale.csv"),
    csv("csvkit_test_no_leading_zeroes.csv"),
    csv("empty-columns.csv", ()),
    csv("excel_pasting.csv", (4,), left=(1, 2, 21, 23, 24)),
    csv("invalid_many_rows.csv", faults=(4,), code=3),
    csv("mac-newlines.csv"),
    csv("null.csv", ()),
    csv("option-quote-escape.csv"),
    csv("phpss_contains_html.csv", dialect=SEMICOLON),
    csv("phpss_line_break_in_enclosure.csv"),
    csv("phpss_premiere.utf16le.csv", dialect={"encoding": "utf-16-le"}),
    csv("phpss_semicolon_separated.csv", dialect=SEMICOLON),
    csv("phpss_sep.csv", (), dialect=SEMICOLON, faults=(1,)),
    csv("skip_initials.csv", dialect={"skipinitialspace": True}),
    csv("spanish_chars.csv", code=4, says="not UTF-8.*windows-1252"),
    csv("spanish_chars.csv", options="--encoding windows-1252", dialect={"encoding": "cp1252"}),
    csv("strict-false-less-columns.csv"),
    csv("tabulator_accent.csv", dialect=SEMICOLON),
    csv("tabulator_bom.csv"),
    csv("tabulator_escaping.csv", dialect={"skipinitialspace": True}, faults=(4,), code=3),
    csv("tabulator_skip-rows.csv", (2,), left=(1, 4)),
    csv("title-row.csv", (2,), left=(1,)),
    csv("univocity_essential-dos.csv", (4,), left=(1, 7), dialect={"skipinitialspace": True}),
    csv("univocity_european.csv", dialect=SEMICOLON, faults=(3, 6, 7), code=3),
    csv("utf16.csv", dialect={"encoding": "utf-16"}),
    csv("utf8bom.csv"),
    csv("weird_head_padding.csv", (12,), dialect=SEMICOLON),
    csv("zsv_Excel.tsv", dialect=TAB),
    csv("zsv_blank-leading-rows.csv", ()),
    csv("zsv_crlf.txt", dialect={"delimiter": "|", "encoding": "cp1252"}, left=(3, 4), faults=(5, 6, 7), code=3),
    csv("zsv_latin1.csv", dialect={"encoding": "cp1252"}, faults=(2, 4, 6, 8), code=3),
    csv("zsv_latin1.csv", options="--encoding windows-1252", dialect={"encoding": "cp1252"}),
    csv("zsv_no-eol-1.csv"),
    csv("zsv_no-eol-3.csv"),
    csv("zsv_quoted3.csv", faults=(2,), code=3),
    csv("zsv_white_utf8.csv"),
    *(csv("spectrum/%s.csv" % name)
      for name in ("comma_in_quotes", "empty", "escaped_quotes", "newlines_crlf", "simple", "utf8")),
]

EXPORTS = [
    Case("scripts/exports/sap_bikes_BusinessPartners.csv", dialect={}),
    Case("scripts/exports/sap_bikes_Addresses.csv", dialect={}),
    Case("scripts/exports/sap.fe.cap.travel-TravelAgency.csv", dialect=SEMICOLON),
    Case("scripts/exports/salesforce_Accounts.csv", dialect={}),
    Case("scripts/exports/sapnhap.bando.com.vn_province_2025-07-17.csv", dialect={}),
    Case("exports/dbase4_client.csv", dialect={}),
]

WESTERN = {"options": "--encoding windows-1252"}

# The names of a table's columns stand in no line of it.
TABLES = [Case(file + ".dbf", (0,), **more) for file, more in [
    ("dbf/cp1251", {}),
    ("dbf/csvkit_testdbf", {}),
    ("dbf/dbase_31", {}),
    ("dbf/dbase_32", {"differs": {(1, 1): "Bad Meets Evil"},
                      "why": "dbfread does not know that a text's last byte may be its length"}),
    ("dbf/dbase_83", WESTERN),
    ("dbf/dbase_8b", {}),
    ("dbf/dbfread_memotest", {}),
    ("dbf/dbfread_people", {}),
    ("dbf/derived_dmkh_tcvn3", WESTERN),
    ("dbf/foxpro_currency_01", {}),
    ("dbf/phpxbase_currency", {}),
    ("scripts/exports/foxpro_dmkh", WESTERN),
    ("exports/dbase4_client", {}),
    ("exports/vfp_contacts", {}),
]]

# What the authors of a table say that it holds. Their tools took
# a text of N for false, and text of digits for numbers.
TOLD = {
    "dbf/csvkit_testdbf.dbf": "dbf/csvkit_testdbf_converted.csv",
    "dbf/foxpro_currency_01.dbf": "dbf/foxpro_currency_01.csv",
    "exports/dbase4_client.dbf": "exports/dbase4_client.csv",
}

CASES = WORKBOOKS + CSV + EXPORTS + TABLES
