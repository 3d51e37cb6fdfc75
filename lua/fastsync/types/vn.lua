---@meta fastsync.vn

-- What `require "fastsync.vn"` answers, for editors.

---@class fastsync.vn
local vn = {}

---the first telephone number, as dialled in Vietnam today; what is none stays as it is; and a remark.
---@param s any
---@return string
---@return string?
---@overload fun(s: fastsync.Expression): fastsync.Expression
function vn.phone(s) end

---a tax code in its canonical form; what is none stays as it is; and a remark.
---@param s any
---@return string
---@return string?
---@overload fun(s: fastsync.Expression): fastsync.Expression
function vn.taxcode(s) end

return vn
