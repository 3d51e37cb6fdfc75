-- A web shop's list, which it calls .xls: a page with a table, a title in it, and a total below.
local fast, vn = require "fastsync", require "fastsync.vn"
local col  = fast.col

-- "như trên" stands for the address before it.
local function delivery(address, other)
  if other == "" or other == "như trên" or other == address then return "" end
  return "giao đến " .. other
end

return fast.setCustomer {
  source = fast.html { "exports/web-shop_khach-hang.xls" },

  fields = {
    CustomerCode = fast.join("-", "WEB", col "Mã khách hàng"),
    CustomerName = col "Tên khách hàng":squeeze(),
    Address      = col "Địa chỉ":replace("\n", ", "),
    GroupCode1   = col "Loại khách hàng":pick { ["Cá nhân"] = "CN", ["Công ty"] = "CTY" },
    PhoneNumber  = vn.phone(col "Số điện thoại"),
    Email        = col "Email":lower(),
    TaxCode      = vn.taxcode(col "Mã số thuế"),
    Status       = "1",
    Description  = fast.join("; ", fast.with(col "Địa chỉ", col "Địa chỉ giao hàng", delivery),
                             fast.join(" ", "mua", col "Ngày mua gần nhất":match("^%S+"):date "dd/mm/yyyy")),
  },
}
