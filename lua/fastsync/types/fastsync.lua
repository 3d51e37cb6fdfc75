---@meta fastsync

-- What `require "fastsync"` answers, for editors (LuaLS, EmmyLua). Point the
-- setting `Lua.workspace.library` at this folder. Nothing here is ever run.

---An expression of `fields`: a column, or a text function over expressions.
---@class fastsync.Expression
---@field trim fun(self: fastsync.Expression): fastsync.Expression without white space at its ends
---@field squeeze fun(self: fastsync.Expression): fastsync.Expression trimmed, and every run of white space as one blank
---@field blank fun(self: fastsync.Expression): fastsync.Expression is it nil, empty or white space
---@field upper fun(self: fastsync.Expression): fastsync.Expression in capital letters
---@field lower fun(self: fastsync.Expression): fastsync.Expression in small letters
---@field title fun(self: fastsync.Expression): fastsync.Expression each word with a capital first letter, the rest small
---@field nfc fun(self: fastsync.Expression): fastsync.Expression in Unicode's composed form, NFC
---@field ascii fun(self: fastsync.Expression): fastsync.Expression Latin letters without their marks: Đặng, Dang
---@field len fun(self: fastsync.Expression): fastsync.Expression its length as Fast counts it, in UTF-16 units
---@field sub fun(self: fastsync.Expression, i: integer, j?: integer): fastsync.Expression characters i to j; negative ones count from the end
---@field truncate fun(self: fastsync.Expression, n: integer): fastsync.Expression cut to n UTF-16 units, at the boundary of a character
---@field digits fun(self: fastsync.Expression): fastsync.Expression only its digits 0 to 9
---@field strip fun(self: fastsync.Expression, set: string): fastsync.Expression without the characters of set
---@field replace fun(self: fastsync.Expression, what: string, with: string): fastsync.Expression plain text replaced, wherever it stands
---@field match fun(self: fastsync.Expression, pattern: string): fastsync.Expression the first capture of a Lua pattern, or ""
---@field split fun(self: fastsync.Expression, sep: string): fastsync.Expression a list of its parts between sep, each trimmed
---@field join fun(self: fastsync.Expression, sep: string, b: any, ...: any): fastsync.Expression those that are not blank, with sep between them
---@field prefix fun(self: fastsync.Expression, text: any): fastsync.Expression text and then s; blank where s is
---@field suffix fun(self: fastsync.Expression, text: any): fastsync.Expression s and then text; blank where s is
---@field unescape fun(self: fastsync.Expression): fastsync.Expression characters written as in HTML, &#244; or &amp;, as themselves
---@field default fun(self: fastsync.Expression, v: any): fastsync.Expression s, or v where s is blank
---@field first fun(self: fastsync.Expression, b: any, ...: any): fastsync.Expression the first that is not blank
---@field pick fun(self: fastsync.Expression, lookup: table<string|number|boolean, any>, otherwise?: any): fastsync.Expression looked up in table; what is not there takes otherwise (fast.same: itself), and without it the row is rejected
---@field lookup fun(self: fastsync.Expression, rows: fastsync.Lookup, column: string, otherwise?: any): fastsync.Expression the column's value in the row of a fast.lookup whose key is s; what is not there takes otherwise
---@field number fun(self: fastsync.Expression, options?: fastsync.NumberOptions): fastsync.Expression a number; group is the sign between thousands
---@field date fun(self: fastsync.Expression, pattern: string, options?: fastsync.DateOptions): fastsync.Expression a date as Fast wants it, yyyy-mm-dd; a time in another zone is converted

---A row of the input, there only during its call: by header or by number. Nested
---cells are tables, made anew each time; a number is a text where 64 bits do
---not hold its digits.
---@class fastsync.Row
---@field get fun(self: fastsync.Row, name: string): any the cell, or nil where there is no such column
---@field [string] any
---@field [integer] any

---Where a row stood.
---@class fastsync.At
---@field file string
---@field sheet? string
---@field line? integer
---@field index integer

---@class fastsync.NumberOptions
---@field decimal? string
---@field group? string

---@class fastsync.DateOptions
---@field zone? string the time zone that days are told in ("+07:00")
---@field pivot? integer the first year that two digits mean (1969)

---@class fastsync.Env
---@field rows fun(source: fastsync.Source|string): fun(): table<string, any> the rows of another file, as tables

---@class fastsync.LookupOptions
---@field source fastsync.Source|string|(fastsync.Source|string)[]
---@field key string|string[] the column that rows are found by, or several
---@field columns? string|string[] what functions may ask for (all columns)
---@field duplicates? "reject"|"first"|"last"|"refuse" a key that comes again with other cells ("reject": rows that ask for it are)
---@field missing? "reject"|"warn"|"blank" what an expression does with a key that is not there ("reject")
---@field ignore_case? boolean letter case does not count in keys (false)

---Rows of another file by key: from setup on.
---@class fastsync.Lookup
---@field get (fun(self: fastsync.Lookup, key: any): table<string, any>?)|(fun(self: fastsync.Lookup, key: any, column: string): any) the row of that key or nil; or a column of it
---@operator len: integer

---@class fastsync.Mapping

---@class fastsync.Client
---@field sync fun(self: fastsync.Client, form: string, records: table[]): table?, string?
---@field get fun(self: fastsync.Client, form: string, id: string): table?, string?

---A record of the form setCustomer; field names in any letter case.
---@class fastsync.setCustomer
---@field CustomerCode string|number|fastsync.Empty Customer code (the key)
---@field CustomerName string|number|fastsync.Empty Customer name
---@field OtherName? string|number|fastsync.Empty Alternate name (English name)
---@field SaleCode? string|number|fastsync.Empty Salesperson code
---@field Address? string|number|fastsync.Empty Address
---@field Partner? string|number|fastsync.Empty Partner (representative's name)
---@field GroupCode1? string|number|fastsync.Empty Customer group 1
---@field GroupCode2? string|number|fastsync.Empty Customer group 2
---@field GroupCode3? string|number|fastsync.Empty Customer group 3
---@field PhoneNumber? string|number|fastsync.Empty Phone number
---@field TaxCode? string|number|fastsync.Empty Tax code
---@field Fax? string|number|fastsync.Empty Fax number
---@field Email? string|number|fastsync.Empty Email
---@field BankAccount? string|number|fastsync.Empty Bank account number
---@field BankName? string|number|fastsync.Empty Bank name
---@field BranchName? string|number|fastsync.Empty Branch/Province
---@field AccountName? string|number|fastsync.Empty Bank account holder's name
---@field PaymentTerm? string|number|fastsync.Empty Payment term code
---@field Status string|number|boolean|fastsync.Empty 1 active, 0 inactive
---@field SuplierYN? string|number|boolean|fastsync.Empty Is supplier: 1 yes, 0 no (the misspelling is the API's)
---@field EmployeeYN? string|number|boolean|fastsync.Empty Is employee: 1 yes, 0 no
---@field Description? string|number|fastsync.Empty Notes

---@class fastsync.setCustomerFields
---@field CustomerCode fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Customer code (the key)
---@field CustomerName fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Customer name
---@field OtherName? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Alternate name (English name)
---@field SaleCode? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Salesperson code
---@field Address? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Address
---@field Partner? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Partner (representative's name)
---@field GroupCode1? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Customer group 1
---@field GroupCode2? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Customer group 2
---@field GroupCode3? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Customer group 3
---@field PhoneNumber? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Phone number
---@field TaxCode? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Tax code
---@field Fax? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Fax number
---@field Email? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Email
---@field BankAccount? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Bank account number
---@field BankName? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Bank name
---@field BranchName? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Branch/Province
---@field AccountName? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Bank account holder's name
---@field PaymentTerm? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Payment term code
---@field Status fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any 1 active, 0 inactive
---@field SuplierYN? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Is supplier: 1 yes, 0 no (the misspelling is the API's)
---@field EmployeeYN? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Is employee: 1 yes, 0 no
---@field Description? fastsync.Expression|string|number|boolean|fastsync.Empty|fun(row: fastsync.Row, at: fastsync.At): any Notes

---What stops a run before it does harm.
---@class fastsync.Guard
---@field max_rejected? string|number a share of the rows, "5%" or 0.05
---@field max_skipped? string|number a share of the rows; unset, all of them are too many
---@field min_rows? integer an input of fewer rows is not sent
---@field max_shrink? string|number how much smaller than the last one an input may be

---@class fastsync.setCustomerMapping
---@field source? fastsync.Source|string|(fastsync.Source|string)[]
---@field fields? fastsync.setCustomerFields
---@field map? fun(row: fastsync.Row, at: fastsync.At): fastsync.setCustomer|fastsync.setCustomer[]|nil, string?
---@field where? fastsync.Expression|fun(row: fastsync.Row, at: fastsync.At): any
---@field setup? fun(env: fastsync.Env)
---@field key? string another key field than the form's own
---@field duplicates? "reject"|"last" where a key comes again: the first row counts, and another one is rejected; or only the last row is sent
---@field ordered? boolean rows are mapped in order, by one thread, and may leave something for the next one
---@field options? table<string, string|number|boolean|fastsync.Guard|string[]>

---@class fastsync.Empty

---@class fastsync
---@field null lightuserdata no value; the same as cjson.null
---@field empty fastsync.Empty an explicit ""
---@field same lightuserdata pick's "itself"
local fast = {}

---A column of the input, by its header or its number, or a path into a nested
---cell ("phones[1].number"); an optional column that is not there is empty.
---@param which string|integer
---@param how? "optional"
---@return fastsync.Expression
function fast.col(which, how) end

---A Lua function of chosen values, which come before it.
---@param ... any
---@return fastsync.Expression
function fast.with(...) end

---Rejects the row, for this reason; `field` names the field at fault.
---@param reason string
---@param field? string
function fast.reject(reason, field) end

---Says that a value is doubtful, and goes on; `field` names it.
---@param reason string
---@param field? string
function fast.warn(reason, field) end

---True, or nil and what is wrong: a list of texts, and each by its field.
---@param form string
---@param record table
---@return true?
---@return table<integer|string, string>?
function fast.validate(form, record) end

---The configured server, for a script that returns a function.
---@return fastsync.Client
function fast.connect() end

---A mapping to the form setCustomer.
---@param given fastsync.setCustomerMapping
---@return fastsync.Mapping
function fast.setCustomer(given) end

---without white space at its ends.
---@param s any
---@return string
---@overload fun(s: fastsync.Expression): fastsync.Expression
function fast.trim(s) end

---trimmed, and every run of white space as one blank.
---@param s any
---@return string
---@overload fun(s: fastsync.Expression): fastsync.Expression
function fast.squeeze(s) end

---is it nil, empty or white space.
---@param s any
---@return boolean
---@overload fun(s: fastsync.Expression): fastsync.Expression
function fast.blank(s) end

---in capital letters.
---@param s any
---@return string
---@overload fun(s: fastsync.Expression): fastsync.Expression
function fast.upper(s) end

---in small letters.
---@param s any
---@return string
---@overload fun(s: fastsync.Expression): fastsync.Expression
function fast.lower(s) end

---each word with a capital first letter, the rest small.
---@param s any
---@return string
---@overload fun(s: fastsync.Expression): fastsync.Expression
function fast.title(s) end

---in Unicode's composed form, NFC.
---@param s any
---@return string
---@overload fun(s: fastsync.Expression): fastsync.Expression
function fast.nfc(s) end

---Latin letters without their marks: Đặng, Dang.
---@param s any
---@return string
---@overload fun(s: fastsync.Expression): fastsync.Expression
function fast.ascii(s) end

---its length as Fast counts it, in UTF-16 units.
---@param s any
---@return integer
---@overload fun(s: fastsync.Expression): fastsync.Expression
function fast.len(s) end

---characters i to j; negative ones count from the end.
---@param s any
---@param i integer
---@param j? integer
---@return string
---@overload fun(s: fastsync.Expression, i: integer, j?: integer): fastsync.Expression
function fast.sub(s, i, j) end

---cut to n UTF-16 units, at the boundary of a character.
---@param s any
---@param n integer
---@return string
---@overload fun(s: fastsync.Expression, n: integer): fastsync.Expression
function fast.truncate(s, n) end

---only its digits 0 to 9.
---@param s any
---@return string
---@overload fun(s: fastsync.Expression): fastsync.Expression
function fast.digits(s) end

---without the characters of set.
---@param s any
---@param set string
---@return string
---@overload fun(s: fastsync.Expression, set: string): fastsync.Expression
function fast.strip(s, set) end

---plain text replaced, wherever it stands.
---@param s any
---@param what string
---@param with string
---@return string
---@overload fun(s: fastsync.Expression, what: string, with: string): fastsync.Expression
function fast.replace(s, what, with) end

---the first capture of a Lua pattern, or "".
---@param s any
---@param pattern string
---@return string
---@overload fun(s: fastsync.Expression, pattern: string): fastsync.Expression
function fast.match(s, pattern) end

---a list of its parts between sep, each trimmed.
---@param s any
---@param sep string
---@return string[]
---@overload fun(s: fastsync.Expression, sep: string): fastsync.Expression
function fast.split(s, sep) end

---those that are not blank, with sep between them.
---@param sep string
---@param a any
---@param b? any
---@param ... any
---@return string
---@overload fun(sep: string, a: fastsync.Expression, b?: any, ...: any): fastsync.Expression
function fast.join(sep, a, b, ...) end

---text and then s; blank where s is.
---@param text any
---@param s any
---@return string
---@overload fun(text: any, s: fastsync.Expression): fastsync.Expression
function fast.prefix(text, s) end

---s and then text; blank where s is.
---@param s any
---@param text any
---@return string
---@overload fun(s: fastsync.Expression, text: any): fastsync.Expression
function fast.suffix(s, text) end

---characters written as in HTML, &#244; or &amp;, as themselves.
---@param s any
---@return string
---@overload fun(s: fastsync.Expression): fastsync.Expression
function fast.unescape(s) end

---s, or v where s is blank.
---@param s any
---@param v any
---@return any
---@overload fun(s: fastsync.Expression, v: any): fastsync.Expression
function fast.default(s, v) end

---the first that is not blank.
---@param a any
---@param b? any
---@param ... any
---@return any
---@overload fun(a: fastsync.Expression, b?: any, ...: any): fastsync.Expression
function fast.first(a, b, ...) end

---looked up in table; what is not there takes otherwise (fast.same: itself), and without it the row is rejected.
---@param s any
---@param lookup table<string|number|boolean, any>
---@param otherwise? any
---@return any
---@overload fun(s: fastsync.Expression, lookup: table<string|number|boolean, any>, otherwise?: any): fastsync.Expression
function fast.pick(s, lookup, otherwise) end

---the column's value in the row of a fast.lookup whose key is s; what is not there takes otherwise, and without it does what the lookup's missing says; blank where s is. With one table: the lookup.
---@param s any
---@param rows fastsync.Lookup
---@param column string
---@param otherwise? any
---@return any
---@overload fun(s: fastsync.Expression, rows: fastsync.Lookup, column: string, otherwise?: any): fastsync.Expression
---@overload fun(given: fastsync.LookupOptions): fastsync.Lookup
function fast.lookup(s, rows, column, otherwise) end

---a number; group is the sign between thousands.
---@param s any
---@param options? fastsync.NumberOptions
---@return number?
---@overload fun(s: fastsync.Expression, options?: fastsync.NumberOptions): fastsync.Expression
function fast.number(s, options) end

---a date as Fast wants it, yyyy-mm-dd, and a remark; one that is so already is taken too; a time in another zone is
---converted.
---@param s any
---@param pattern string
---@param options? fastsync.DateOptions
---@return string?
---@return string?
---@overload fun(s: fastsync.Expression, pattern: string, options?: fastsync.DateOptions): fastsync.Expression
function fast.date(s, pattern, options) end

return fast
