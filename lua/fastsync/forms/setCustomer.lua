-- Customers: the field table of Fast's documentation, in its order.
--
-- A row is a field: its name as the table spells it, its type, the longest
-- text in UTF-16 units (a Byte has none), whether it is required, and its
-- meaning. `wire` is the JSON key where requests spell it otherwise; `choices`
-- are the characters a String(1) may be.
return {
  name  = "setCustomer",
  reads = "getCustomer",
  key   = "CustomerCode",
  help  = "customers",

  fields = {
    { "CustomerCode", "String",  32, true,  "Customer code (the key)" },
    { "CustomerName", "String", 256, true,  "Customer name" },
    { "OtherName",    "String", 256, false, "Alternate name (English name)" },
    { "SaleCode",     "String",  32, false, "Salesperson code" },
    { "Address",      "String", 256, false, "Address" },
    { "Partner",      "String", 256, false, "Partner (representative's name)" },
    { "GroupCode1",   "String",  32, false, "Customer group 1" },
    { "GroupCode2",   "String",  32, false, "Customer group 2" },
    { "GroupCode3",   "String",  32, false, "Customer group 3" },
    { "PhoneNumber",  "String",  32, false, "Phone number" },
    { "TaxCode",      "String",  32, false, "Tax code" },
    { "Fax",          "String",  32, false, "Fax number" },
    { "Email",        "String", 128, false, "Email" },
    { "BankAccount",  "String",  30, false, "Bank account number" },
    { "BankName",     "String", 256, false, "Bank name" },
    { "BranchName",   "String", 256, false, "Branch/Province" },
    { "AccountName",  "String", 256, false, "Bank account holder's name" },
    { "PaymentTerm",  "String",   2, false, "Payment term code" },
    { "Status",       "String",   1, true,  "1 active, 0 inactive",
      wire = "status", choices = "10" },
    { "SuplierYN",    "Byte",   nil, false, "Is supplier: 1 yes, 0 no (the misspelling is the API's)" },
    { "EmployeeYN",   "Byte",   nil, false, "Is employee: 1 yes, 0 no" },
    { "Description",  "String", 512, false, "Notes" },
  },
}
