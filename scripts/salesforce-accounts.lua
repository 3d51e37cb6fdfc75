-- Salesforce accounts. They have no code: the name, which is unique, becomes one.
local fast = require "fastsync"
local col  = fast.col

return fast.setCustomer {
  source = fast.csv "exports/salesforce_Accounts.csv",

  where = function(row) return row.type ~= "Competitor" and row.type ~= "Press" end,

  fields = {
    CustomerCode = col "name":upper():replace(" ", "-"),
    CustomerName = col "name",
    Address      = fast.join(", ", col "billingstreet", col "billingcity",
                             fast.join(" ", col "billingstate", col "billingpostalcode"), col "billingcountry"),
    GroupCode1   = col "type":upper():truncate(32),
    GroupCode3   = col "billingstate",
    PhoneNumber  = col "phone",
    Fax          = col "fax",
    Status       = "1",
    SuplierYN    = col "type":pick({ Reseller = 1, Integrator = 1 }, 0),
    Description  = fast.with(col "industry", col "NumberOfEmployees", function(industry, staff)
      return (industry == "n/a" and "" or industry .. ", ") .. staff .. " employees"
    end),
  },
}
