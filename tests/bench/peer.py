"""peer.py IN BODIES REJECTS: the mapping of fields.lua in plain Python.

As a practised hand would write it: csv, json and sqlite3 of the standard library
(IN's ending says which), the tables compiled before the loop, every row unpacked
at once, one json.dumps a body. Same rows, same records, same rejects.
"""
import csv
import json
import os
import re
import sqlite3
import sys
import unicodedata

BATCH = 500
LIMITS = {
    "CustomerCode": 32, "CustomerName": 256, "OtherName": 256, "SaleCode": 32,
    "Address": 256, "Partner": 256, "GroupCode1": 32, "GroupCode2": 32,
    "GroupCode3": 32, "PhoneNumber": 32, "TaxCode": 32, "Fax": 32,
    "Email": 128, "BankAccount": 30, "BankName": 256, "BranchName": 256,
    "AccountName": 256, "PaymentTerm": 2, "status": 1, "Description": 512,
}
REQUIRED = ("CustomerCode", "CustomerName", "status")
LONG = min(LIMITS[f] for f in LIMITS if LIMITS[f] > 2)

GROUPS = {"Đại lý": "DL", "Bán lẻ": "BL", "Bán sỉ": "BS", "Dự án": "DA",
          "Nhà nước": "NN", "Xuất khẩu": "XK", "": "KHAC"}
REGIONS = {"Miền Bắc": "MB", "Miền Trung": "MT", "Miền Nam": "MN",
           "Tây Nguyên": "TNG", "Miền Tây": "MTY"}
TERMS = {"Tiền mặt": "00", "7 ngày": "07", "15 ngày": "15", "30 ngày": "30",
         "45 ngày": "45", "60 ngày": "60", "": "00"}
STATUSES = {"Đang hoạt động": "1", "Ngừng hoạt động": "0", "": "1"}
SUPPLIERS = {"KH": 0, "NCC": 1, "KH/NCC": 1, "NV": 0}
EMPLOYEES = {"KH": 0, "NCC": 0, "KH/NCC": 0, "NV": 1}

MOBILES = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058",
    "0199": "059",
}
WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
FIRST = re.compile(r"[/;,]").split
NOT_DIGITS = re.compile(r"[^0-9]+").sub


class Reject(Exception):
    """A row that cannot be used: field and reason."""


def phone(text):
    if not text:
        return text
    digits = NOT_DIGITS("", FIRST(text, 1)[0])
    count = len(digits)
    if digits.startswith("0084"):
        digits = "0" + digits[4:]
    elif digits.startswith("84") and count >= 11:
        digits = "0" + digits[2:]
    elif count == 9 and digits[0] in "35789" or count == 10 and digits[0] == "2":
        digits = "0" + digits
    elif count == 11 and digits.startswith("01"):
        digits = MOBILES.get(digits[:4], digits[:4]) + digits[4:]
    elif count < 8:
        return text
    return digits


def taxcode(text):
    if not text or len(text) == 10 and text.isdigit():
        return text
    digits = NOT_DIGITS("", text)
    count = len(digits)
    if count == 9:
        full = "0" + digits
        total = sum(w * int(d) for w, d in zip(WEIGHTS, full))
        return full if 10 - total % 11 == int(full[9]) else text
    if count == 12 and digits[0] != "0":
        digits = "0" + digits
        count = 13
    if count == 13:
        return digits[:10] + "-" + digits[10:]
    return digits if count == 10 else text


def units(text):
    return len(text) + sum(c > "\uffff" for c in text)


def pick(field, table, text):
    try:
        return table[text]
    except KeyError:
        raise Reject(field, "%r is not in its table" % text) from None


def to_record(row):
    (_, code, name, english, seller, street, ward, province, partner, group,
     region, _, number, tax, fax, email, account, bank, _, term, status, kind,
     debt, _) = map(str.strip, row)
    record = {
        "CustomerCode": code.upper(),
        "CustomerName": name,
        "OtherName": english,
        "SaleCode": seller,
        "Address": ", ".join([p for p in (street, ward, province) if p]),
        "Partner": partner,
        "GroupCode1": pick("GroupCode1", GROUPS, group),
        "GroupCode2": pick("GroupCode2", REGIONS, region),
        "GroupCode3": "TT",
        "PhoneNumber": phone(number),
        "TaxCode": taxcode(tax),
        "Fax": fax,
        "Email": email.lower(),
        "BankAccount": account,
        "BankName": bank,
        "BranchName": province,
        "AccountName": name.upper(),
        "PaymentTerm": pick("PaymentTerm", TERMS, term),
        "status": pick("Status", STATUSES, status),
        "SuplierYN": pick("SuplierYN", SUPPLIERS, kind),
        "EmployeeYN": pick("EmployeeYN", EMPLOYEES, kind),
        "Description": "Nợ: " + debt if debt else "",
    }
    for field in REQUIRED:
        if not record[field]:
            raise Reject(field, "required")
    record = {field: value for field, value in record.items() if value != ""}
    for field, value in record.items():
        if type(value) is str and len(value) >= LONG:
            if units(value) > LIMITS[field]:
                raise Reject(field, "too long")
    return record


def composed(texts):
    is_normalized = unicodedata.is_normalized
    for text in texts:
        if not text.isascii() and not is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        yield text


def csv_rows(path):
    with open(path, encoding="utf-8", newline="") as source:
        reader = csv.reader(composed(source))
        line = 1
        for row in reader:
            yield line, row
            line = reader.line_num + 1


def object_rows(objects):
    for number, row in enumerate(objects, 1):
        if number == 1:
            yield 0, list(row)
        yield number, list(row.values())


def line_rows(path):
    with open(path, encoding="utf-8") as source:
        yield from object_rows(map(json.loads, composed(source)))


def array_rows(path):
    with open(path, encoding="utf-8") as source:
        yield from object_rows(json.loads("".join(composed(source))))


def table_rows(path):
    rows = sqlite3.connect(path).execute("SELECT * FROM kh")
    yield 0, [column[0] for column in rows.description]
    for number, row in enumerate(rows, 1):
        yield number, list(composed(row))


READERS = {".ndjson": line_rows, ".json": array_rows, ".sqlite": table_rows}


def write_body(bodies, records):
    bodies.write(json.dumps({"form": "setCustomer", "data": records},
                            ensure_ascii=False, separators=(",", ":")))
    bodies.write("\n")


def main(path, bodies_path, rejects_path):
    accepted = rejected = 0
    seen = {}
    records = []
    with open(bodies_path, "w", encoding="utf-8") as bodies, \
            open(rejects_path, "w", encoding="utf-8", newline="") as rejects:
        rows = READERS.get(os.path.splitext(path)[1], csv_rows)(path)
        _, header = next(rows)
        writer = csv.writer(rejects)
        writer.writerow(header + ["_line", "_field", "_reason"])
        width = len(header)
        for line, row in rows:
            try:
                if len(row) != width:
                    raise Reject("", "%d cells" % len(row))
                record = to_record(row)
                code = record["CustomerCode"]
                if code in seen:
                    raise Reject("CustomerCode",
                                 "same as line %d" % seen[code])
                seen[code] = line
                records.append(record)
                accepted += 1
                if len(records) == BATCH:
                    write_body(bodies, records)
                    records = []
            except Reject as reject:
                writer.writerow(row + [line, *reject.args])
                rejected += 1
        if records:
            write_body(bodies, records)
    print("%d accepted %d rejected" % (accepted, rejected))


if __name__ == "__main__":
    main(*sys.argv[1:])
