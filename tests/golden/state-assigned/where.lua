local fast = require "fastsync"
local col = fast.col
local state = { rows = { seen = 0 } }
return fast.setCustomer {
  where = function()
    state.rows.seen = state.rows.seen + 1
    return state.rows.seen % 2 == 0
  end,
  fields = { CustomerCode = col "Code", CustomerName = col "Name", Status = "1" },
}
