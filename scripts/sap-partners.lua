-- SAP business partners; their addresses come in a second file.
local fast = require "fastsync"
local col  = fast.col

local addresses = fast.lookup { source = fast.csv "exports/sap_bikes_Addresses.csv", key = "ADDRESSID" }

local function address(column) return col "ADDRESSID":lookup(addresses, column) end

return fast.setCustomer {
  source = fast.csv "exports/sap_bikes_BusinessPartners.csv",

  fields = {
    CustomerCode = col "PARTNERID",
    CustomerName = col "COMPANYNAME",
    Address      = fast.join(", ", fast.join(" ", address "STREET", address "BUILDING"),
                                   fast.join(" ", address "POSTALCODE", address "CITY"), address "COUNTRY"),
    PhoneNumber  = col "PHONENUMBER",
    Fax          = col "FAXNUMBER",
    Email        = col "EMAILADDRESS":lower(),
    Status       = "1",
    SuplierYN    = col "PARTNERROLE":pick { ["1"] = 0, ["2"] = 1 },
    Description  = col "WEBADDRESS",
  },
}
