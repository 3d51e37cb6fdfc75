-- A customer template of MISA's kind: a title, two header rows with (*) below what must be filled, totals below.
local fast, vn = require "fastsync", require "fastsync.vn"
local col  = fast.col

local function born(day) return day ~= "" and "sinh ngày " .. day or "" end

return fast.setCustomer {
  source = fast.xlsx { "exports/misa_khach-hang.xlsx", header = { 2, 3 } },

  fields = {
    CustomerCode = col "Mã khách hàng (*)",
    CustomerName = fast.first(col "Tên khách hàng (*)":squeeze(), col "Tên công ty":squeeze()),
    OtherName    = col "Tên công ty":squeeze(),
    Address      = col "Liên hệ Địa chỉ":replace("\n", ", "),
    GroupCode1   = col "Nhóm khách hàng":pick { ["Đại lý"] = "DL", ["Bán lẻ"] = "BL", ["Dự án"] = "DA" },
    PhoneNumber  = vn.phone(col "Liên hệ Điện thoại"),
    Email        = col "Liên hệ Email":lower(),
    TaxCode      = vn.taxcode(col "Mã số thuế"),
    Status       = "1",
    Description  = fast.join("; ", col "Ghi chú", fast.with(col "Ngày sinh", born)),
  },
}
