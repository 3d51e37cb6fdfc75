local fast = require "fastsync"

return fast.setCustomer {
  source = fast.made { "kh.made", columns = { "name", "code" }, rename = { debt = "owes" }, chunk = 3,
                       keep = function(column) return column ~= "extra" end },
  map = function(row)
    local numbers = {}
    for _, phone in ipairs(row.phones or {}) do numbers[#numbers + 1] = phone end
    return {
      CustomerCode = row.code, CustomerName = row.name, Address = row.address and row.address.city,
      Description = table.concat(numbers, "; "), Fax = math.type(row.owes) or type(row.owes),
      Status = row.active,
    }
  end,
}
