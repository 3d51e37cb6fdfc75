-- A Lua file beside the script.
return { note = "supplier" }
