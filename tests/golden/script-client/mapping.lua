local fast = require "fastsync"

-- What a client is asked wrongly, and every fault of a record.
return function()
  local client = fast.connect()
  print(client:sync("setcustomer", { { CustomerCode = "A" } }))
  print(client:sync("setCustomer", {
    { CustomerCode = "A", CustomerName = "Một", Status = 1 },
    { CustomerCode = "B", CustomerName = {}, Status = 7, Phone = "1" },
  }))
  print(pcall(client.sync, client, "setCustomer", { CustomerCode = "A", CustomerName = "Một", Status = 1 }))
  print(pcall(client.sync, client, "setCustomer", {}))
  print(pcall(client.sync, client, "setCustomer"))
  print(pcall(client.sync, "setCustomer", {}))
  print(pcall(client.sync, client, "setCustmer", {}))
  print(pcall(client.get, client, "setCustomer"))
  print(client:get("setCustomer", 5))
  error({})
end
