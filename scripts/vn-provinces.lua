-- Vietnam's provinces since the merger of July 2025, as branches to be served.
local fast = require "fastsync"
local col  = fast.col

local function thousands(s) return fast.number(s, { decimal = "," }) end

return fast.setCustomer {
  source = fast.csv "exports/sapnhap.bando.com.vn_province_2025-07-17.csv",

  fields = {
    CustomerCode = fast.join("-", "TINH", col "mahc"),
    CustomerName = col "tentinh",
    OtherName    = col "tentinh":ascii(),
    Address      = col "trungtamhc":replace("giữ nguyên", ""),
    GroupCode3   = col "mahc",
    BranchName   = col "truocsapnhap":replace("không sáp nhập", ""),
    Status       = "1",
    Description  = fast.with(col "dientichkm2", col "dansonguoi", col "con", function(area, people, units)
      return ("%.0f người/km²; %s"):format(thousands(people) / thousands(area), units)
    end),
  },
}
