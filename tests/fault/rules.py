"""What a Fast server makes of a SyncData body: the form table and its rules.

Written from the documentation of the API alone, without a look at the sandbox
in core/: a misreading of the contract must not be able to hide in both.

Judge answers (code, message, records): the code is the documentation's (200,
201, 202, 400, 601), the records are what would be stored."""
import json
import unicodedata

# field: (units of UTF-16 at most, or "byte"), required
SET_CUSTOMER = {
    "CustomerCode": (32, True),
    "CustomerName": (256, True),
    "OtherName": (256, False),
    "SaleCode": (32, False),
    "Address": (256, False),
    "Partner": (256, False),
    "GroupCode1": (32, False),
    "GroupCode2": (32, False),
    "GroupCode3": (32, False),
    "PhoneNumber": (32, False),
    "TaxCode": (32, False),
    "Fax": (32, False),
    "Email": (128, False),
    "BankAccount": (30, False),
    "BankName": (256, False),
    "BranchName": (256, False),
    "AccountName": (256, False),
    "PaymentTerm": (2, False),
    "status": (1, True),
    "SuplierYN": ("byte", False),
    "EmployeeYN": ("byte", False),
    "Description": (512, False),
}
FORMS = {"setCustomer": (SET_CUSTOMER, "CustomerCode")}


def units(text):
    """The length that SQL Server's nvarchar counts."""
    return len(unicodedata.normalize("NFC", text).encode("utf-16-le")) // 2


def field_fault(name, value, kind):
    """What is wrong with one value, or None."""
    if kind == "byte":
        good = type(value) is int and value in (0, 1)
        return None if good else f"{name} must be 0 or 1"
    if not isinstance(value, str):
        return f"{name} must be a string"
    if units(value) > kind:
        return f"{name} is longer than {kind}"
    return None


def record_fault(record, fields):
    """What is wrong with one record, or None."""
    if not isinstance(record, dict):
        return "a record must be an object"
    for name, value in record.items():
        if name not in fields:
            return f"there is no field {name}"
        fault = field_fault(name, value, fields[name][0])
        if fault:
            return fault
    for name, (_, required) in fields.items():
        if required and not str(record.get(name, "")).strip():
            return f"{name} is required"
    if record["status"] not in ("0", "1"):
        return "status must be 0 or 1"
    return None


def no_pairs_twice(pairs):
    """An object whose names are all different, in any letter case."""
    names = [name.lower() for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError("a name stands twice in an object")
    return dict(pairs)


def parse(body):
    """The body as an object; ValueError where it is none."""
    value = json.loads(body.decode("utf-8"), object_pairs_hook=no_pairs_twice)
    if not isinstance(value, dict):
        raise ValueError("the body is no object")
    return value


def judge(body, refuse=None):
    """refuse(record) answers a message for a record that the server does not
    want although the form allows it: a "guilty" one."""
    try:
        request = parse(body)
    except ValueError as why:
        return 400, f"invalid request: {why}", []
    if request.get("form") not in FORMS:
        return 201, "form does not exist", []
    fields, key = FORMS[request["form"]]
    records = request.get("data")
    if not isinstance(records, list):
        return 400, "data must be an array", []
    if not records:
        return 202, "data is empty", []
    for record in records:
        fault = record_fault(record, fields) or (refuse and refuse(record))
        if fault:
            return 601, fault, []
    keys = [record[key].strip().upper() for record in records]
    if len(set(keys)) != len(keys):
        return 601, "a code stands twice in one request", []
    return 200, "SUCCESS", records


def guilty(record):
    """The rule of the suite's own data: the message names no position."""
    if "GUILTY" in record.get("Description", ""):
        return f"Customer {record['CustomerCode']} is not accepted"
    return None
