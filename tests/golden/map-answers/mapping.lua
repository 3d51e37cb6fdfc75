local fast = require "fastsync"

-- What is wrong with one row's answer rejects that row; the run goes on.
local answers = {
  ["record"] = function(r) return r end,
  ["record and false"] = function(r) return { r, false } end,
  ["hole"] = function(r) return { nil, r } end,
  ["empty"] = function() return {} end,
  ["number"] = function() return 42 end,
  ["text"] = function() return "KH" end,
  ["row"] = function(_, row) return row end,
  ["two"] = function(r) return r, { CustomerCode = "KH8b", CustomerName = "H", Status = "1" } end,
  ["nil and record"] = function(r) return nil, r end,
  ["names"] = function() return { "KH10", "J", "1" } end,
  ["borrowed"] = function(r) return setmetatable({ CustomerCode = r.CustomerCode }, { __index = r }) end,
  ["list"] = function(r) return { r, { CustomerCode = "KH12b", CustomerName = "L", Status = "1" }, {} } end,
  ["skip"] = function() return false, "not wanted" end,
  ["deep"] = function(r) r.Email = { { { r } } } return r end,
  ["mixed"] = function(r) return { r, Email = "x" } end,
}

return fast.setCustomer {
  source = "kh.csv",
  map = function(row)
    return answers[row.How]({ CustomerCode = row.Code, CustomerName = row.Name, Status = "1" }, row)
  end,
}
