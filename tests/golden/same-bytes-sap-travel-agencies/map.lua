-- scripts/sap-travel-agencies.lua as a map.
local fast = require "fastsync"

return fast.setCustomer {
  map = function(row)
    local mail = row.EMailAddress
    if mail ~= "" and not mail:find "^[^@/%s]+@[^@/%s]+$" then
      fast.reject("no e-mail address: " .. mail, "Email")
    end
    return {
      CustomerCode = row.AgencyID,
      CustomerName = row.Name,
      Address      = fast.join(", ", row.Street, fast.join(" ", row.PostalCode, row.City), row.CountryCode_code),
      GroupCode1   = "DL",
      GroupCode2   = row.CountryCode_code,
      PhoneNumber  = fast.squeeze(row.PhoneNumber),
      Email        = fast.lower(mail),
      Status       = "1",
      SuplierYN    = 0,
      EmployeeYN   = 0,
      Description  = row.WebAddress,
    }
  end,
}
