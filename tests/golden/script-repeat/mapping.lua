local fast = require "fastsync"

-- A name is changed and changed back: the server holds what was said last, and
-- drops none of it as a repetition.
return function()
  local client = fast.connect()
  for _, name in ipairs { "Một", "Hai", "Một" } do
    local answer = assert(client:sync("setCustomer", {
      { CustomerCode = "A", CustomerName = name, Status = "1" },
    }))
    print(answer.fkey, client:get("setCustomer", "A").CustomerName)
  end
end
