---@meta

-- Sources, as `require "fastsync"` makes them, for editors.

---@class fastsync.Source

---@class fastsync.SourceOptions
---@field [integer] string|string[] paths, relative to the script; `*`, `?` and `[…]` as in a shell
---@field path? string
---@field files? string[]|string several paths, patterns or folders
---@field member? string the file in an archive that is meant, by name or pattern; of an archive in it "in.zip/kh.csv"
---@field max_unpacked? integer|string what an input may unpack to ("4G")
---@field max_ratio? integer times its packed size that it may become (200)
---@field max_members? integer members that an archive may have (10000)
---@field format? string another format than its own
---@field encoding? string an iconv name; left out: detected
---@field delimiter? string
---@field quote? string
---@field escape? string
---@field header? integer|integer[] the line it stands on, or its lines; 0: none
---@field escapes? "copy" backslashes as COPY of PostgreSQL writes them
---@field columns? string|table[] of fixed width: { { "Code", 10 }, { "Name", 11, 50 } }
---@field unit? "characters"|"bytes" what the widths count ("characters")
---@field max_line? integer|string the longest line of fixed width ("1M")
---@field at? string where the rows of an XML are: "customers/customer"
---@field names? "local"|"prefix" of elements, without or with their prefix ("local")
---@field max_depth? integer elements that stand in each other (256)
---@field max_attributes? integer of one element (1024)
---@field max_element? integer|string the longest row, or tag, of an XML ("16M")
---@field sheet? string|integer its name or number, "*" for all with the same columns
---@field skip? integer lines at the top to leave out (0)
---@field stop? string the table ends before a row that begins so
---@field hidden? "skip"|"read" hidden rows, columns and sheets ("read")
---@field merged? "fill"|"first" which of merged cells have the value ("first")
---@field trim? boolean white space off the ends of cells (true)
---@field ragged? boolean rows of another width are taken (false)
---@field max_cell? integer|string the longest cell, in bytes or such as "64M" ("16M")
---@field fill_down? (string|integer)[]|string columns whose blank cells take the value above
---@field repair? "auto"|"tcvn3"|"vni"|"utf8"|"ncr" text that was read in a wrong encoding once
---@field table? string the table of a database or a dump whose rows are read; left out: the only one
---@field query? string a SELECT whose rows are read
---@field params? (string|number|boolean)[] what stands for each ? of the query
---@field dsn? string a data source of odbc.ini, or a connection string without a password
---@field login_timeout? integer seconds that a database may take to let us in (15)
---@field query_timeout? integer seconds that a database may take for a query (600)
---@field max_steps? integer|string SQLite's steps from one row to the next ("10G")
---@field dialect? "mysql"|"postgresql"|"sqlserver"|"oracle"|"sqlite"|"standard" how a dump is written; left out: detected
---@field pick? "all"|"newest" of the files of a pattern ("all")

---@class fastsync
local fast = {}

---A CSV file, or several.
---@param given string|fastsync.SourceOptions
---@return fastsync.Source
function fast.csv(given) end

---A file of tab-separated values.
---@param given string|fastsync.SourceOptions
---@return fastsync.Source
function fast.tsv(given) end

---Lines whose columns have fixed widths.
---@param given fastsync.SourceOptions
---@return fastsync.Source
function fast.fixed(given) end

---Elements that repeat.
---@param given string|fastsync.SourceOptions
---@return fastsync.Source
function fast.xml(given) end

---A workbook of Excel (.xlsx, .xlsm, .xltx), or several.
---@param given string|fastsync.SourceOptions
---@return fastsync.Source
function fast.xlsx(given) end

---A workbook of older Excels (.xls), or what is called one.
---@param given string|fastsync.SourceOptions
---@return fastsync.Source
function fast.xls(given) end

---A spreadsheet of LibreOffice (.ods).
---@param given string|fastsync.SourceOptions
---@return fastsync.Source
function fast.ods(given) end

---Tables of a web page.
---@param given string|fastsync.SourceOptions
---@return fastsync.Source
function fast.html(given) end

---A workbook as XML, of Excel 2003.
---@param given string|fastsync.SourceOptions
---@return fastsync.Source
function fast.spreadsheetml(given) end

---A web page with its parts in one file, as Excel saves it.
---@param given string|fastsync.SourceOptions
---@return fastsync.Source
function fast.mhtml(given) end

---A table or a query of an SQLite database.
---@param given string|fastsync.SourceOptions
---@return fastsync.Source
function fast.sqlite(given) end

---A table or a query of a database, over ODBC.
---@param given fastsync.SourceOptions
---@return fastsync.Source
function fast.sql(given) end

---A table of an SQL dump (INSERT, COPY).
---@param given string|fastsync.SourceOptions
---@return fastsync.Source
function fast.dump(given) end

---A file whose format is detected.
---@param given string|fastsync.SourceOptions
---@return fastsync.Source
function fast.file(given) end
