-- A shop's REST API: pages with a cursor, a token that the configuration has, and only what is new since the last run.
--
--   fastsync run rest-api.lua --allow-env SHOP_URL --allow-net shop.example.vn
--   ; fastsync.ini:  http_auth = shop.example.vn bearer /run/secrets/shop
local fast, vn = require "fastsync", require "fastsync.vn"
local col  = fast.col
local shop = os.getenv "SHOP_URL" or "https://shop.example.vn"

return fast.setCustomer {
  source = fast.http {
    url     = shop .. "/v2/customers?limit=3&updated_after={since}",
    since   = "2000-01-01T00:00:00Z",
    headers = { Accept = "application/json" },
    at      = "data",
    next    = { cursor = "paging.after", parameter = "after" },
    rate    = 5,
  },

  where = function(row) return row.type ~= "supplier" end,

  fields = {
    CustomerCode = fast.join("-", "API", col "id"),
    CustomerName = col "name":squeeze(),
    Address      = fast.join(", ", col "address.street", col "address.ward", col "address.city"),
    PhoneNumber  = vn.phone(col("phones", "optional"):first()),
    Email        = col("email", "optional"):lower(),
    TaxCode      = vn.taxcode(col("tax_code", "optional")),
    Status       = col "active":pick { [true] = "1", [false] = "0" },
  },
}
