-- 20 of the generated columns to all 22 fields, one of them by a Lua function.
local fast = require "fastsync"
local vn = require "fastsync.vn"
local codes = require "codes"
local col = fast.col

return fast.setCustomer {
  fields = {
    CustomerCode = col "Mã khách hàng":upper(),
    CustomerName = col "Tên khách hàng",
    OtherName    = col "Tên tiếng Anh",
    SaleCode     = col "Mã nhân viên",
    Address      = fast.join(", ", col "Địa chỉ", col "Phường/Xã", col "Tỉnh/Thành"),
    Partner      = col "Người đại diện",
    GroupCode1   = col "Nhóm khách":pick(codes.groups),
    GroupCode2   = col "Khu vực":pick(codes.regions),
    GroupCode3   = "TT",
    PhoneNumber  = vn.phone(col "Điện thoại"),
    TaxCode      = vn.taxcode(col "Mã số thuế"),
    Fax          = col "Fax",
    Email        = col "Email":lower(),
    BankAccount  = col "Số tài khoản",
    BankName     = col "Ngân hàng",
    BranchName   = col "Tỉnh/Thành",
    AccountName  = col "Tên khách hàng":upper(),
    PaymentTerm  = col "Hạn thanh toán":pick(codes.terms),
    Status       = col "Trạng thái":pick(codes.statuses),
    SuplierYN    = col "Loại":pick(codes.suppliers),
    EmployeeYN   = col "Loại":pick(codes.employees),
    Description  = function(row) return row["Nợ"] ~= "" and "Nợ: " .. row["Nợ"] or nil end,
  },
}
