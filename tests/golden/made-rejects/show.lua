local fast = require "fastsync"

-- What a value is, and what it says.
local function show(value)
  if type(value) == "table" then
    local parts = {}
    for name, part in pairs(value) do parts[#parts + 1] = name .. "=" .. show(part) end
    return "{" .. table.concat(parts, " ") .. "}"
  end
  return (math.type(value) or type(value)) .. " " .. tostring(value)
end

return fast.setCustomer {
  source = fast.made { "kh.made", chunk = 1 },
  map = function(row)
    local all = {}
    for _, name in ipairs { "n", "d", "b", "m", "l", "t", "z" } do all[#all + 1] = show(row[name]) end
    return { CustomerCode = row.code, Description = table.concat(all, "; "),
             CustomerName = "taken",
             Status = 1 }
  end,
}
