-- Customers of a web shop (PrestaShop's web service): XML whose rows have lists in them.
local fast, vn = require "fastsync", require "fastsync.vn"
local col = fast.col

-- One address is a table, several are a list of them; the one for invoices counts.
local function invoiced(row)
  local given = type(row.addresses) == "table" and row.addresses.address or {}
  for _, address in ipairs(given) do
    if address.alias == "Hóa đơn" then return address end
  end
  return given[1] or given
end

return fast.setCustomer {
  source = fast.xml { "exports/prestashop_customers.xml", at = "prestashop/customers/customer" },
  where  = function(row) return row.deleted ~= "1", "deleted in the shop" end,

  fields = {
    CustomerCode = fast.join("", "WEB", col "id"),
    CustomerName = fast.first(col "company", fast.join(" ", col "lastname", col "firstname")),
    Address      = function(row)
      local address = invoiced(row)
      return fast.join(", ", address.address1, address.address2, address.city)
    end,
    GroupCode1   = col "id_default_group.#text":pick { ["3"] = "LE", ["4"] = "SI" },
    PhoneNumber  = function(row)
      local address = invoiced(row)
      return vn.phone(fast.first(address.phone_mobile or "", address.phone or ""))
    end,
    TaxCode      = function(row) return vn.taxcode(invoiced(row).vat_number or "") end,
    Email        = col "email":lower(),
    Status       = col "active",
    Description  = col "note",
  },
}
