-- scripts/vn-provinces.lua as a map.
local fast = require "fastsync"

return fast.setCustomer {
  map = function(row)
    local area   = fast.number(row.dientichkm2, { decimal = "," })
    local people = fast.number(row.dansonguoi, { decimal = "," })
    return {
      CustomerCode = fast.join("-", "TINH", row.mahc),
      CustomerName = row.tentinh,
      OtherName    = fast.ascii(row.tentinh),
      Address      = row.trungtamhc ~= "giữ nguyên" and row.trungtamhc or nil,
      GroupCode3   = row.mahc,
      BranchName   = row.truocsapnhap ~= "không sáp nhập" and row.truocsapnhap or nil,
      Status       = "1",
      Description  = ("%.0f người/km²; %s"):format(people / area, row.con),
    }
  end,
}
