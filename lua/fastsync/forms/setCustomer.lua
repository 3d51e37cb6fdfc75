-- Customers: the field table of Fast's documentation, in its order.
--
-- A row is a field: its name as the table spells it, its type, the longest
-- text in UTF-16 units (a Byte has none), whether it is required, and its
-- meaning. `wire` is the JSON key where requests spell it otherwise; `choices`
-- are the characters a String(1) may be. `kind` is what the field is for, and
-- so what is refused in it or doubtful (core/form/kind.c): code, name, phone,
-- taxcode, account, mail; without one it is a text.
return {
  name  = "setCustomer",
  reads = "getCustomer",
  key   = "CustomerCode",
  help  = "customers",

  fields = {
    { "CustomerCode", "String",  32, true,  "Customer code (the key)", kind = "code" },
    { "CustomerName", "String", 256, true,  "Customer name", kind = "name" },
    { "OtherName",    "String", 256, false, "Alternate name (English name)", kind = "name" },
    { "SaleCode",     "String",  32, false, "Salesperson code", kind = "code" },
    { "Address",      "String", 256, false, "Address" },
    { "Partner",      "String", 256, false, "Partner (representative's name)", kind = "name" },
    { "GroupCode1",   "String",  32, false, "Customer group 1", kind = "code" },
    { "GroupCode2",   "String",  32, false, "Customer group 2", kind = "code" },
    { "GroupCode3",   "String",  32, false, "Customer group 3", kind = "code" },
    { "PhoneNumber",  "String",  32, false, "Phone number", kind = "phone" },
    { "TaxCode",      "String",  32, false, "Tax code", kind = "taxcode" },
    { "Fax",          "String",  32, false, "Fax number", kind = "phone" },
    { "Email",        "String", 128, false, "Email", kind = "mail" },
    { "BankAccount",  "String",  30, false, "Bank account number", kind = "account" },
    { "BankName",     "String", 256, false, "Bank name" },
    { "BranchName",   "String", 256, false, "Branch/Province" },
    { "AccountName",  "String", 256, false, "Bank account holder's name", kind = "name" },
    { "PaymentTerm",  "String",   2, false, "Payment term code", kind = "code" },
    { "Status",       "String",   1, true,  "1 active, 0 inactive",
      wire = "status", choices = "10" },
    { "SuplierYN",    "Byte",   nil, false, "Is supplier: 1 yes, 0 no (the misspelling is the API's)" },
    { "EmployeeYN",   "Byte",   nil, false, "Is employee: 1 yes, 0 no" },
    { "Description",  "String", 512, false, "Notes" },
  },
}
