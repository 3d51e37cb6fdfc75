-- SAP business partners; their addresses come in a second file.
local fast = require "fastsync"
local col  = fast.col

local address = {}
local function place(id)
  local a = address[id] or fast.reject("no address " .. id)
  return fast.join(", ", fast.join(" ", a.STREET, a.BUILDING), fast.join(" ", a.POSTALCODE, a.CITY), a.COUNTRY)
end

return fast.setCustomer {
  source = fast.csv "exports/sap_bikes_BusinessPartners.csv",

  setup = function(env)
    local rows = env.rows(fast.csv "exports/sap_bikes_Addresses.csv")
    for row in rows do address[row.ADDRESSID] = row end
  end,

  fields = {
    CustomerCode = col "PARTNERID",
    CustomerName = col "COMPANYNAME",
    Address      = fast.with(col "ADDRESSID", place),
    PhoneNumber  = col "PHONENUMBER",
    Fax          = col "FAXNUMBER",
    Email        = col "EMAILADDRESS":lower(),
    Status       = "1",
    SuplierYN    = col "PARTNERROLE":pick { ["1"] = 0, ["2"] = 1 },
    Description  = col "WEBADDRESS",
  },
}
