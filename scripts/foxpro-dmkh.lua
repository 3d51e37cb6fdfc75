-- The customers' table of a FoxPro program, typed in a TCVN3 font; its head claims windows-1252, so that it is said.
local fast, vn = require "fastsync", require "fastsync.vn"
local col  = fast.col

-- One table has customers and suppliers: KH_YN is true for customers.
local function supplier(is_customer) return is_customer and 0 or 1 end

return fast.setCustomer {
  source = fast.dbf { "exports/foxpro_dmkh.dbf", encoding = "TCVN3" },

  fields = {
    CustomerCode = col "MA_KH",
    CustomerName = col "TEN_KH":squeeze(),
    Address      = col "DIA_CHI":squeeze(),
    TaxCode      = vn.taxcode(col "MA_SO_THUE"),
    SuplierYN    = fast.with(col "KH_YN", supplier),
    Status       = col "STATUS",
  },
}
