-- Text functions for Vietnamese customer data: the rows of the text table
-- whose names begin with "vn.", on values and on expressions alike.

local native = ...

local vn, names = {}, {}
for name, call in pairs(native.text) do
  local own = name:match("^vn%.(.+)$")
  if own then
    vn[own] = call
    names[#names + 1] = own
  end
end
table.sort(names)

return setmetatable(vn, {
  __metatable = false,
  __index = function(_, name)
    local near = native.nearest(tostring(name), names)
    native.fail("there is no vn." .. tostring(name) .. (near and ": did you mean 'vn." .. near .. "'?" or ""))
  end,
  __newindex = function(_, name) native.fail("vn." .. tostring(name) .. " cannot be set") end,
})
