-- KiotViet's customer list as it is exported (.xlsx). Two columns have other names since 2026; either will do.
local fast, vn = require "fastsync", require "fastsync.vn"
local col  = fast.col

local function either(a, b) return fast.first(col(a, "optional"), col(b, "optional")) end

-- People write there what they please: fewer than nine digits are a note.
local function phone(text) return #fast.digits(text) >= 9 and text or "" end
local function note(text) return #fast.digits(text) < 9 and text or "" end
local function owed(debt) return (tonumber(debt) or 0) ~= 0 and "nợ " .. tostring(debt) or "" end
local function bought(day) return day ~= "" and "mua lần cuối " .. day or "" end

return fast.setCustomer {
  source = fast.xlsx "exports/kiotviet_customers_anonymised.xlsx",

  fields = {
    CustomerCode = col "Mã khách hàng",
    CustomerName = fast.first(col "Công ty":squeeze(), col "Tên khách hàng":squeeze()),
    Partner      = col "Tên khách hàng":squeeze(),
    Address      = fast.join(", ", col "Địa chỉ":squeeze(), col "Phường/Xã", either("Khu vực", "Khu vực giao hàng")),
    GroupCode1   = col "Loại khách":pick { ["Cá nhân"] = "CN", ["Công ty"] = "CTY" },
    GroupCode2   = col "Nhóm khách hàng",
    PhoneNumber  = vn.phone(fast.with(col "Điện thoại", phone)),
    TaxCode      = vn.taxcode(col "Mã số thuế"),
    Email        = col "Email":lower(),
    BranchName   = either("Chi nhánh", "Chi nhánh tạo"),
    Status       = col "Trạng thái",
    Description  = fast.join("; ", col "Ghi chú", fast.with(col "Điện thoại", note),
                             fast.with(col "Nợ cần thu hiện tại", owed), fast.with(col "Ngày giao dịch cuối", bought)),
  },
}
