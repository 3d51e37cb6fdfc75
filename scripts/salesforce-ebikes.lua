-- Salesforce accounts as `sf data export tree` writes them: an object whose "records" are the rows. Their codes are the
-- references by which the tree's own records name each other.
local fast = require "fastsync"
local col  = fast.col

return fast.setCustomer {
  source = fast.json { "exports/salesforce_ebikes_Accounts.json", at = "records" },

  fields = {
    CustomerCode = col "attributes.referenceId":upper(),
    CustomerName = col "Name",
    Address      = fast.join(", ", col "BillingStreet", col "BillingCity",
                             fast.join(" ", col "BillingState", col "BillingPostalCode"), col "BillingCountry"),
    GroupCode3   = col "BillingState",
    Status       = "1",
  },
}
