-- The travel agencies of SAP's flight example; semicolons, codes with zeros in front.
local fast = require "fastsync"
local col  = fast.col

local function address(mail)
  if mail ~= "" and not mail:find "^[^@/%s]+@[^@/%s]+$" then fast.reject("no e-mail address: " .. mail) end
  return mail:lower()
end

return fast.setCustomer {
  source = fast.csv { "exports/sap.fe.cap.travel-TravelAgency.csv", delimiter = ";" },

  fields = {
    CustomerCode = col "AgencyID",
    CustomerName = col "Name",
    Address      = fast.join(", ", col "Street", fast.join(" ", col "PostalCode", col "City"), col "CountryCode_code"),
    GroupCode1   = "DL",
    GroupCode2   = col "CountryCode_code",
    PhoneNumber  = col "PhoneNumber":squeeze(),
    Email        = fast.with(col "EMailAddress", address),
    Status       = "1",
    SuplierYN    = 0,
    EmployeeYN   = 0,
    Description  = col "WebAddress",
  },
}
