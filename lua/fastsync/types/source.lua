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
---@field at? string where the rows are: of JSON "data.customers", of XML "customers/customer"
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
---@field deleted? "skip"|"include" records of a DBF that are marked as deleted; included with a column `deleted` ("skip")
---@field memo? boolean read the memo file beside a DBF (true)
---@field max_value? integer|string the longest row of JSON ("16M")
---@field url? string of fast.http: where it is fetched from
---@field headers? table<string, string> of the request to a URL
---@field method? string of the request to a URL ("GET", with a body "POST")
---@field body? string|table is sent to a URL; a table as JSON
---@field next? "link"|fastsync.Next|fun(page: fastsync.Page): string? the page after a page
---@field since? string|integer what {since} in url, headers or body is at first; then the time of the last run
---@field end_without_list? boolean the last page may have null in its list's place, or nothing (false)
---@field if_changed? boolean read only if it is not as the last run read it (false)
---@field max_page? integer|string bytes that a page may have ("256M", a single one "4G")
---@field max_pages? integer pages that there may be (100000)
---@field timeout? integer seconds for one page (60)
---@field rate? integer requests a second at most
---@field pick? "all"|"newest" of the files of a pattern ("all")

-- How pages follow one another: one of cursor, page and offset.
---@class fastsync.Next
---@field cursor? string where JSON has what leads to the next page: "paging.next"
---@field parameter? string of the query that takes the cursor; left out: the cursor is a URL
---@field page? string the parameter whose number grows by one
---@field offset? string the parameter whose number grows by `step`
---@field step? integer rows of a page
---@field first? integer the first number (1 of pages, 0 of an offset)
---@field total? string where JSON has how many pages or rows there are

-- A page, as a function `next` gets it.
---@class fastsync.Page
---@field url string that it was fetched from
---@field number integer from 1
---@field headers table<string, string> by their names in small letters
---@field body string
---@field json? any the body, where it is JSON: integers with all digits, null as nil

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

---A table of dBase or FoxPro.
---@param given string|fastsync.SourceOptions
---@return fastsync.Source
function fast.dbf(given) end

---Objects of JSON: an array, one at a path, or one value.
---@param given string|fastsync.SourceOptions
---@return fastsync.Source
function fast.json(given) end

---Values of JSON, one a line.
---@param given string|fastsync.SourceOptions
---@return fastsync.Source
function fast.ndjson(given) end

---What a URL answers, in any format, page by page.
---@param given string|fastsync.SourceOptions
---@return fastsync.Source
function fast.http(given) end

---A file whose format is detected.
---@param given string|fastsync.SourceOptions
---@return fastsync.Source
function fast.file(given) end
