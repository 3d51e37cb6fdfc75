-- Two records of the last row; its warning goes with the first.
local fast = require "fastsync"
return fast.setCustomer {
  source = "kh.csv",
  map = function(row)
    if row.note ~= "ok" then fast.warn("a note: " .. row.note, "description") end
    if row.note == "skip" then return nil, "to be skipped" end
    local record = { CustomerCode = row.code, CustomerName = row.name, Status = 1, Description = row.note }
    if row.note ~= "twice" then return record end
    fast.warn("two of them")
    return { record, { CustomerCode = row.code .. "b", CustomerName = row.name, Status = 1 } }
  end,
}
