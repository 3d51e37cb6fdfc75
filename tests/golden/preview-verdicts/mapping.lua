local fast = require "fastsync"

return fast.setCustomer {
  source = "khach-hang.csv",
  map = function(row)
    if row["Loại"] == "NCC" then return nil, "a supplier" end
    if row["Loại"] == "?" then return nil end
    local record = { CustomerCode = row["Mã"], CustomerName = row["Tên"], Status = 1 }
    return row["Loại"] == "2" and { record, { CustomerCode = row["Mã"] .. "B", CustomerName = "B", Status = 0 } } or record
  end,
}
