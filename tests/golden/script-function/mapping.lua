local fast = require "fastsync"

-- A script that drives itself.
return function(inputs, env)
  local client = fast.connect()
  local records = {}
  for row in env.rows(fast.csv { inputs[1], delimiter = ";" }) do
    local record = { CustomerCode = row["Mã KH"], CustomerName = row["Tên"], Status = 1 }
    local good, errors = fast.validate("setCustomer", record)
    if good then records[#records + 1] = record else print(record.CustomerCode, errors[1]) end
  end
  local answer = assert(client:sync("setCustomer", records))
  print("sent", answer.records)
  local back = assert(client:get("setCustomer", "KH004"))
  print("read back", back.CustomerName)
  local none, why = client:get("setCustomer", "KH999")
  print(none, why)
end
