-- scripts/sap-partners.lua as a map.
local fast = require "fastsync"

local roles = { ["1"] = 0, ["2"] = 1 }
local address = {}

return fast.setCustomer {
  setup = function(env)
    for row in env.rows(fast.csv "sap_bikes_Addresses.csv") do address[row.ADDRESSID] = row end
  end,

  map = function(row)
    local a = address[row.ADDRESSID] or fast.reject("no address " .. row.ADDRESSID, "Address")
    return {
      CustomerCode = row.PARTNERID,
      CustomerName = row.COMPANYNAME,
      Address      = fast.join(", ", fast.join(" ", a.STREET, a.BUILDING),
                               fast.join(" ", a.POSTALCODE, a.CITY), a.COUNTRY),
      PhoneNumber  = row.PHONENUMBER,
      Fax          = row.FAXNUMBER,
      Email        = fast.lower(row.EMAILADDRESS),
      Status       = "1",
      SuplierYN    = fast.pick(row.PARTNERROLE, roles),
      Description  = row.WEBADDRESS,
    }
  end,
}
