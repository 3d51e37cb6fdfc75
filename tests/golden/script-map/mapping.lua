local fast = require "fastsync"
local vn = require "fastsync.vn"

-- Every way a row can end.
return fast.setCustomer {
  source = fast.csv { "khach-hang.csv", delimiter = ";" },
  map = function(row, at)
    if row["Loại"] == "NCC" then return nil, "a supplier" end
    if row["Nợ"] == "x" then fast.reject("the debt is no number", "Description") end
    local record = {
      CustomerCode = row["Mã KH"], CustomerName = row["Tên"], Status = true,
      phonenumber = vn.phone(row["Điện thoại"]), Description = at.file .. ":" .. at.line,
    }
    if row["Loại"] ~= "CN" then return record end
    local branches = {}
    for i = 1, 3 do
      branches[i] = { CustomerCode = row["Mã KH"] .. "-" .. i, CustomerName = row["Tên"], Status = i < 3 and 1 or 7 }
    end
    return branches
  end,
}
