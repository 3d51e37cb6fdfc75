-- Expressions for several mappings: nobody needs all of them.
local fast = require "fastsync"
local col = fast.col
local function named(name) return col(name) end
return {
  code = named "Mã",
  name = col "Tên":squeeze(),
  phone = col "Điện thoại",
  clean = function(e) return e:trim():squeeze() end,
}
