-- The customers of Chinook, out of a dump of SQL Server's: no server is needed.
-- NULL leaves a field out, so that a company without one keeps what Fast has.
local fast = require "fastsync"
local col  = fast.col

return fast.setCustomer {
  source = fast.dump { "exports/chinook_customer_sqlserver.sql", table = "Customer" },

  fields = {
    CustomerCode = fast.join("", "CH", col "CustomerId"),
    CustomerName = fast.first(col "Company", fast.join(" ", col "FirstName", col "LastName")),
    Partner      = fast.join(" ", col "FirstName", col "LastName"),
    Address      = fast.join(", ", col "Address", fast.join(" ", col "PostalCode", col "City"), col "State"),
    GroupCode1   = col "Country":ascii():upper():truncate(16),
    PhoneNumber  = col "Phone":squeeze(),
    Email        = col "Email":lower(),
    Status       = "1",
  },
}
