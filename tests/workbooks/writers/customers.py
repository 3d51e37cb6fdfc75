#!/usr/bin/python3
"""writers/customers.py: writes customers.json beside it: the twelve customers
that every writer here saves, as programs that read JSON take them.

Of each column its kind and the number format that a writer gives its cells.
The people and companies are invented. What each row is there for stands behind
it; the rows that fastsync must answer are made of the same by ../expected.py."""
import json
import unicodedata
from pathlib import Path

COLUMNS = [
    # name, kind, number format
    ("Mã khách hàng", "text", "General"),
    ("Mã cũ", "zeros", "0000000000"),
    ("Tên khách hàng", "text", "General"),
    ("Địa chỉ", "text", "General"),
    ("Mã số thuế", "text", "@"),
    ("Số tài khoản", "integer", "0"),
    ("Số CCCD", "text", "@"),
    ("Ngày sinh", "date", "dd/mm/yyyy"),
    ("Ngày tạo", "datetime", "yyyy-mm-dd hh:mm:ss"),
    ("Hạn mức", "decimal", "General"),
    ("Là NCC", "bool", "General"),
    ("Ghi chú", "text", "General"),
]


def nfd(text):
    return unicodedata.normalize("NFD", text)


ROWS = [
    # Zeros in front, as text and by number format.
    ["000123", 123, "Công ty TNHH Sao Mai", "12 Trần Phú, Hà Nội", "0100109106", 123456789012345,
     "001199012345678901", "1990-02-28", "2024-02-29T13:05:00", 0.1 + 0.2, True, "0.1 + 0.2"],
    # Decomposed letters; a number of 16 digits.
    ["KH002", 7, nfd("Nguyễn Thị Phượng Hoàng"), nfd("5 Lê Lợi, Thừa Thiên Huế"), "0100109106-001", 1234567890123456,
     "079300001234", "1954-05-07", "2023-12-31T23:59:59", 25000000, False, nfd("chữ rời")],
    # A line end in a cell; the greatest integer that Excel keeps.
    ["KH003", 9999999999, "Cửa hàng Hoa Sen", "Số 1, ngõ 2\nPhường Bến Nghé\nTP. Hồ Chí Minh", "0312345678", 999999999999999,
     "84912345678901234567", "2000-02-29", "2000-01-01T00:00:01", -0.75, True, "ba dòng"],
    # Nothing but a code and a name.
    ["KH004", None, "Trần Văn Bình", None, None, None, None, None, None, None, None, None],
    # A text that looks like a formula's result, an error, a boolean, a date.
    ["KH005", 5, "#N/A & Con <b>", "\"Nhà\" 'số' 5; tổ 3, khu \\ 4", "TRUE", 0, "1e5", "1999-12-31", "2024-06-30T06:07:08",
     0, False, "01/02/2024"],
    # Fractions, small and large.
    ["KH006", 66, "Đặng Thị Ngọc Ánh", "Ấp 6, Xã Ỷ La", "0400000006", -42, "6", "2024-02-29", "1970-01-01T12:00:00",
     0.000000427, True, "bảy số lẻ"],
    ["KH007", 70, "Võ Hữu Nghĩa", "Đường số 7", "0700252172", 15, "007", "1900-03-01", "2038-01-19T03:14:08",
     1234567.891, False, "nghìn"],
    # A date that means "never".
    ["KH008", 8000000000, "Quỳnh Như Ltd.", "8 Phố Huế", "0800000008", 100000000000000, "08", "9999-12-31",
     "2024-10-10T10:10:10", 1000000000000000, True, "ngày xa"],
    # A blank line between would end the table of some; letters beyond the BMP do not.
    ["KH009", 90, "Ông Năm \U0001f600", "9 Lý Thường Kiệt", "0900000009", 99, "000000000000", "1988-08-08",
     "2019-09-09T09:09:09", 99.99, False, "mặt cười"],
    ["KH010", 10, "Bà Mười", "10/10 Cách Mạng Tháng Tám", "1000000010", 1000000, "0010", "1975-04-30",
     "2010-10-10T00:00:00", 10.5, True, "nửa đêm"],
    ["KH011", 11, "Lê Thị Mười Một", "Thị trấn Củ Chi", "1100000011", 11, "11.50", "2011-11-11", "2011-11-11T11:11:11",
     -1500000.5, False, "chữ số lẻ"],
    # The last row ends in a cell that is empty.
    ["00012", 12, "Đỗ Thị Út", "12 Bis", None, 12, "12", "2012-12-12", "2012-12-12T12:12:12", 12, True, None],
]

if __name__ == "__main__":
    out = Path(__file__).resolve().parent / "customers.json"
    columns = [dict(zip(("name", "kind", "format"), column)) for column in COLUMNS]
    parts = [",\n".join(map(json.dumps, part)) for part in (columns, ROWS)]
    out.write_text('{"columns":[\n%s\n],"rows":[\n%s\n]}\n' % tuple(parts), encoding="utf-8")
