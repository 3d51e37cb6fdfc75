-- peer.lua IN BODIES REJECTS: the mapping of fields.lua in plain Lua, for
-- LuaJIT and Lua 5.4, with lua-cjson.
--
-- As a practised hand would write it: the file comes in blocks, cells are found
-- by plain searches, a pattern is used only where a first look at the bytes
-- says that it must, and every library function is a local. Same rows, same
-- records, same rejects.
local cjson = require "cjson"
local byte, find, gsub, match = string.byte, string.find, string.gsub, string.match
local sub, upper, lower, format = string.sub, string.upper, string.lower, string.format
local concat = table.concat

local BATCH, BLOCK, WIDTH = 500, 1024 * 1024, 24

local groups = { ["Đại lý"] = "DL", ["Bán lẻ"] = "BL", ["Bán sỉ"] = "BS", ["Dự án"] = "DA",
    ["Nhà nước"] = "NN", ["Xuất khẩu"] = "XK", [""] = "KHAC" }
local regions = { ["Miền Bắc"] = "MB", ["Miền Trung"] = "MT", ["Miền Nam"] = "MN",
    ["Tây Nguyên"] = "TNG", ["Miền Tây"] = "MTY" }
local terms = { ["Tiền mặt"] = "00", ["7 ngày"] = "07", ["15 ngày"] = "15", ["30 ngày"] = "30",
    ["45 ngày"] = "45", ["60 ngày"] = "60", [""] = "00" }
local statuses = { ["Đang hoạt động"] = "1", ["Ngừng hoạt động"] = "0", [""] = "1" }
local suppliers = { KH = 0, NCC = 1, ["KH/NCC"] = 1, NV = 0 }
local employees = { KH = 0, NCC = 0, ["KH/NCC"] = 0, NV = 1 }

local mobiles = { ["0120"] = "070", ["0121"] = "079", ["0122"] = "077", ["0126"] = "076",
    ["0128"] = "078", ["0123"] = "083", ["0124"] = "084", ["0125"] = "085", ["0127"] = "081",
    ["0129"] = "082", ["0162"] = "032", ["0163"] = "033", ["0164"] = "034", ["0165"] = "035",
    ["0166"] = "036", ["0167"] = "037", ["0168"] = "038", ["0169"] = "039", ["0186"] = "056",
    ["0188"] = "058", ["0199"] = "059" }
local lost = { ["3"] = true, ["5"] = true, ["7"] = true, ["8"] = true, ["9"] = true }
local weights = { 31, 29, 23, 19, 17, 13, 7, 5, 3 }

-- Letters that are one: base and mark, in both spellings of half-composed
-- ones; and the capital of every small letter.
local composed, capital = {}, {}
do
    local function letters(text)
        local all = {}
        for letter in text:gmatch("[%z\1-\127\194-\244][\128-\191]*") do all[#all + 1] = letter end
        return all
    end
    local marks = { "\204\128", "\204\129", "\204\131", "\204\137", "\204\163" }
    local rows = { "aàáãảạ", "ăằắẵẳặ", "âầấẫẩậ", "eèéẽẻẹ", "êềếễểệ", "iìíĩỉị", "oòóõỏọ",
        "ôồốỗổộ", "ơờớỡởợ", "uùúũủụ", "ưừứữửự", "yỳýỹỷỵ", "AÀÁÃẢẠ", "ĂẰẮẴẲẶ", "ÂẦẤẪẨẬ", "EÈÉẼẺẸ",
        "ÊỀẾỄỂỆ", "IÌÍĨỈỊ", "OÒÓÕỎỌ", "ÔỒỐỖỔỘ", "ƠỜỚỠỞỢ", "UÙÚŨỦỤ", "ƯỪỨỮỬỰ", "YỲÝỸỶỴ" }
    for _, row in ipairs(rows) do
        local all = letters(row)
        for i, mark in ipairs(marks) do composed[all[1] .. mark] = all[i + 1] end
    end
    for plain, hat in pairs { a = "â", e = "ê", o = "ô", A = "Â", E = "Ê", O = "Ô" } do
        composed[plain .. "\204\130"] = hat
    end
    for plain, horn in pairs { o = "ơ", u = "ư", O = "Ơ", U = "Ư" } do
        composed[plain .. "\204\155"] = horn
    end
    composed["a\204\134"], composed["A\204\134"] = "ă", "Ă"
    for dotted, whole in pairs { ["ạ\204\130"] = "ậ", ["ẹ\204\130"] = "ệ", ["ọ\204\130"] = "ộ",
        ["ạ\204\134"] = "ặ", ["ọ\204\155"] = "ợ", ["ụ\204\155"] = "ự", ["Ạ\204\130"] = "Ậ",
        ["Ẹ\204\130"] = "Ệ", ["Ọ\204\130"] = "Ộ", ["Ạ\204\134"] = "Ặ", ["Ọ\204\155"] = "Ợ",
        ["Ụ\204\155"] = "Ự" } do
        composed[dotted] = whole
    end
    for i = 1, 12 do
        local small, large = letters(rows[i]), letters(rows[i + 12])
        for at, letter in ipairs(small) do
            if #letter > 1 then capital[letter] = large[at] end
        end
    end
    capital["đ"] = "Đ"
end

local function nfc(text)
    local again
    repeat
        text, again = gsub(text, "[A-Za-z\195-\225][\128-\191]*[\204\205][\128-\191]",
            composed), text
    until text == again
    return text
end

-- White space at the ends, no-break spaces too.
local function trim(text)
    local a, z = byte(text, 1), byte(text, -1)
    if not a or (a > 32 and a ~= 194 and z > 32 and z ~= 160) then return text end
    repeat
        local before = #text
        text = match(text, "^%s*(.-)%s*$")
        if sub(text, 1, 2) == "\194\160" then text = sub(text, 3) end
        if sub(text, -2) == "\194\160" then text = sub(text, 1, -3) end
    until #text == before
    return text
end

local function capitals(text)
    text = upper(text)
    if find(text, "[\195-\225]") then
        text = gsub(text, "[\195-\225][\128-\191]+", capital)
    end
    return text
end

local function phone(text)
    if text == "" then return text end
    local digits = gsub(match(text, "^[^/;,]*"), "[^0-9]+", "")
    local count, first = #digits, sub(digits, 1, 1)
    if sub(digits, 1, 4) == "0084" then return "0" .. sub(digits, 5) end
    if count >= 11 and sub(digits, 1, 2) == "84" then return "0" .. sub(digits, 3) end
    if (count == 9 and lost[first]) or (count == 10 and first == "2") then return "0" .. digits end
    if count == 11 and mobiles[sub(digits, 1, 4)] then
        return mobiles[sub(digits, 1, 4)] .. sub(digits, 5)
    end
    return count < 8 and text or digits
end

local function taxcode(text)
    if text == "" or (#text == 10 and not find(text, "%D")) then return text end
    local digits = gsub(text, "%D+", "")
    local count = #digits
    if count == 9 then
        local full, sum = "0" .. digits, 0
        for i = 1, 9 do sum = sum + weights[i] * (byte(full, i) - 48) end
        return 10 - sum % 11 == byte(full, 10) - 48 and full or text
    end
    if count == 12 and sub(digits, 1, 1) ~= "0" then digits, count = "0" .. digits, 13 end
    if count == 13 then return sub(digits, 1, 10) .. "-" .. sub(digits, 11) end
    return count == 10 and digits or text
end

local function address(street, ward, province)
    if street ~= "" and ward ~= "" and province ~= "" then
        return street .. ", " .. ward .. ", " .. province
    end
    local parts = {}
    if street ~= "" then parts[#parts + 1] = street end
    if ward ~= "" then parts[#parts + 1] = ward end
    if province ~= "" then parts[#parts + 1] = province end
    return concat(parts, ", ")
end

local function is_too_long(text, limit)
    return #text > limit and select(2, gsub(text, "[^\128-\191]", "")) > limit
end

local limited = { "CustomerCode", "CustomerName", "OtherName", "SaleCode", "Address", "Partner",
    "PhoneNumber", "TaxCode", "Fax", "Email", "BankAccount", "BankName", "BranchName",
    "AccountName", "Description" }
local limits = { 32, 256, 256, 32, 256, 256, 32, 32, 32, 128, 30, 256, 256, 256, 512 }

local function text_or_nil(text)
    if text ~= "" then return text end
end

-- The record of a row; or nil, field, reason.
local function to_record(row)
    if row[2] == "" then return nil, "CustomerCode", "required" end
    if row[3] == "" then return nil, "CustomerName", "required" end
    local group, region, term = groups[row[10]], regions[row[11]], terms[row[20]]
    local status, supplier, employee = statuses[row[21]], suppliers[row[22]], employees[row[22]]
    if not group then return nil, "GroupCode1", "not in its table" end
    if not region then return nil, "GroupCode2", "not in its table" end
    if not term then return nil, "PaymentTerm", "not in its table" end
    if not status then return nil, "Status", "not in its table" end
    if not supplier then return nil, "SuplierYN", "not in its table" end
    local record = {
        CustomerCode = upper(row[2]),
        CustomerName = row[3],
        OtherName = text_or_nil(row[4]),
        SaleCode = text_or_nil(row[5]),
        Address = text_or_nil(address(row[6], row[7], row[8])),
        Partner = text_or_nil(row[9]),
        GroupCode1 = group,
        GroupCode2 = region,
        GroupCode3 = "TT",
        PhoneNumber = text_or_nil(phone(row[13])),
        TaxCode = text_or_nil(taxcode(row[14])),
        Fax = text_or_nil(row[15]),
        Email = text_or_nil(lower(row[16])),
        BankAccount = text_or_nil(row[17]),
        BankName = text_or_nil(row[18]),
        BranchName = text_or_nil(row[8]),
        AccountName = capitals(row[3]),
        PaymentTerm = term,
        status = status,
        SuplierYN = supplier,
        EmployeeYN = employee,
        Description = row[23] ~= "" and "Nợ: " .. row[23] or nil,
    }
    for i = 1, #limited do
        local text = record[limited[i]]
        if text and #text > limits[i] and is_too_long(text, limits[i]) then
            return nil, limited[i], "too long"
        end
    end
    return record
end

local path, bodies_path, rejects_path = arg[1], arg[2], arg[3]
local source = assert(io.open(path, "rb"))
local bodies = assert(io.open(bodies_path, "wb"))
local rejects = assert(io.open(rejects_path, "wb"))
local accepted, rejected, line = 0, 0, 1
local seen, records = {}, {}
local unused = { true, [12] = true, [19] = true, [24] = true }

-- The cells of the row at `at` of `block`, and where the next begins; nil
-- where the block ends first.
local function cells(block, at, row)
    local count, lines = 0, 1
    local newline = find(block, "\n", at, true)
    while newline do
        count = count + 1
        if byte(block, at) == 34 then
            local start, doubled = at + 1, false
            local close = find(block, '"', start, true)
            while close and byte(block, close + 1) == 34 do
                doubled = true
                close = find(block, '"', close + 2, true)
            end
            if not close or close == #block then return nil end
            local text = sub(block, start, close - 1)
            if doubled then text = gsub(text, '""', '"') end
            if find(text, "\n", 1, true) then
                lines = lines + select(2, gsub(text, "\n", ""))
            end
            row[count] = trim(text)
            at = close + 1
            if newline < at then newline = find(block, "\n", at, true) end
        else
            local stop = find(block, ",", at, true)
            if not stop or stop > newline then stop = newline end
            row[count] = unused[count] and "" or trim(sub(block, at, stop - 1))
            at = stop
        end
        if byte(block, at) == 10 then return at + 1, count, lines end
        at = at + 1
    end
end

local function reject(block, at, stop, field, reason)
    rejects:write(sub(block, at, stop - 2), ",", line, ",", field, ",", reason, "\n")
    rejected = rejected + 1
end

local function flush()
    bodies:write(cjson.encode { form = "setCustomer", data = records }, "\n")
    records = {}
end

local function take(block, at, stop, row, count)
    if count ~= WIDTH then return reject(block, at, stop, "", "wrong number of cells") end
    local record, field, reason = to_record(row)
    if not record then return reject(block, at, stop, field, reason) end
    local code = record.CustomerCode
    if seen[code] then
        return reject(block, at, stop, "CustomerCode", format("same as line %d", seen[code]))
    end
    seen[code] = line
    accepted = accepted + 1
    records[#records + 1] = record
    if #records == BATCH then flush() end
end

-- Where the next combining mark stands; its lead bytes are CC and, rarely, CD.
local rare, rare_of = 0, nil
local function next_mark(block, at)
    if rare_of ~= block or rare < at then
        rare, rare_of = find(block, "\205", at, true) or #block + 1, block
    end
    local mark = find(block, "\204", at, true) or rare
    return mark < rare and mark or rare
end

local rest, row = "", {}
while true do
    local more = source:read(BLOCK)
    if not more then break end
    local block = rest .. more
    local at, mark = 1, next_mark(block, 1)
    while true do
        local stop, count, lines = cells(block, at, row)
        if not stop then break end
        if mark < stop then
            for i = 1, count do row[i] = nfc(row[i]) end
            mark = next_mark(block, stop)
        end
        if line > 1 then take(block, at, stop, row, count) end
        line = line + lines
        at = stop
    end
    rest = sub(block, at)
end
if #records > 0 then flush() end
print(format("%d accepted %d rejected", accepted, rejected))
