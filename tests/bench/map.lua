-- The same records as fields.lua's, by a Lua function called for every row.
local fast = require "fastsync"
local vn = require "fastsync.vn"
local codes = require "codes"

return fast.setCustomer {
  map = function(row)
    return {
      CustomerCode = fast.upper(row["Mã khách hàng"]),
      CustomerName = row["Tên khách hàng"],
      OtherName    = row["Tên tiếng Anh"],
      SaleCode     = row["Mã nhân viên"],
      Address      = fast.join(", ", row["Địa chỉ"], row["Phường/Xã"], row["Tỉnh/Thành"]),
      Partner      = row["Người đại diện"],
      GroupCode1   = fast.pick(row["Nhóm khách"], codes.groups),
      GroupCode2   = fast.pick(row["Khu vực"], codes.regions),
      GroupCode3   = "TT",
      PhoneNumber  = vn.phone(row["Điện thoại"]),
      TaxCode      = vn.taxcode(row["Mã số thuế"]),
      Fax          = row["Fax"],
      Email        = fast.lower(row["Email"]),
      BankAccount  = row["Số tài khoản"],
      BankName     = row["Ngân hàng"],
      BranchName   = row["Tỉnh/Thành"],
      AccountName  = fast.upper(row["Tên khách hàng"]),
      PaymentTerm  = fast.pick(row["Hạn thanh toán"], codes.terms),
      Status       = fast.pick(row["Trạng thái"], codes.statuses),
      SuplierYN    = fast.pick(row["Loại"], codes.suppliers),
      EmployeeYN   = fast.pick(row["Loại"], codes.employees),
      Description  = row["Nợ"] ~= "" and "Nợ: " .. row["Nợ"] or nil,
    }
  end,
}
