-- scripts/salesforce-accounts.lua as a map.
local fast = require "fastsync"

return fast.setCustomer {
  map = function(row)
    if row.type == "Competitor" or row.type == "Press" then return nil, "no customer" end
    local industry = row.industry == "n/a" and "" or row.industry .. ", "
    return {
      CustomerCode = fast.replace(fast.upper(row.name), " ", "-"),
      CustomerName = row.name,
      Address      = fast.join(", ", row.billingstreet, row.billingcity,
                               fast.join(" ", row.billingstate, row.billingpostalcode), row.billingcountry),
      GroupCode1   = fast.truncate(fast.upper(row.type), 32),
      GroupCode3   = row.billingstate,
      PhoneNumber  = row.phone,
      Fax          = row.fax,
      Status       = "1",
      SuplierYN    = (row.type == "Reseller" or row.type == "Integrator") and 1 or 0,
      Description  = industry .. row.NumberOfEmployees .. " employees",
    }
  end,
}
