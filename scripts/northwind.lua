-- Northwind's customers out of a database, over ODBC. The data source
-- "northwind" stands in odbc.ini; exports/northwind_small.sqlite is such a one:
--
--   [northwind]
--   Driver=SQLite3
--   Database=/path/to/exports/northwind_small.sqlite
--
-- fastsync check scripts/northwind.lua --allow-net dsn:northwind
local fast = require "fastsync"
local col  = fast.col

return fast.setCustomer {
  source = fast.sql {
    dsn    = "northwind",
    query  = "SELECT * FROM Customers WHERE Country <> ? ORDER BY CustomerID",
    params = { "Brazil" },
  },

  fields = {
    CustomerCode = col "CustomerID",
    CustomerName = col "CompanyName",
    Partner      = col "ContactName",
    Address      = fast.join(", ", col "Address", fast.join(" ", col "PostalCode", col "City"), col "Region"),
    GroupCode1   = col "Country":upper(),
    PhoneNumber  = col "Phone",
    Description  = col "ContactTitle",
    Status       = "1",
  },
}
