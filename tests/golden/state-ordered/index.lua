local fast = require "fastsync"
return fast.setCustomer {
  map = function(row, at)
    return { CustomerCode = ("%s-%05d"):format(at.file:sub(1, 1), at.index), CustomerName = row.Name, Status = "1",
             Description = math.random(1000000) }
  end,
}
