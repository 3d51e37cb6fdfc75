-- The code tables of the benchmark's mappings.
return {
  groups = {
    ["Đại lý"] = "DL", ["Bán lẻ"] = "BL", ["Bán sỉ"] = "BS", ["Dự án"] = "DA",
    ["Nhà nước"] = "NN", ["Xuất khẩu"] = "XK", [""] = "KHAC",
  },
  regions = {
    ["Miền Bắc"] = "MB", ["Miền Trung"] = "MT", ["Miền Nam"] = "MN",
    ["Tây Nguyên"] = "TNG", ["Miền Tây"] = "MTY",
  },
  terms = {
    ["Tiền mặt"] = "00", ["7 ngày"] = "07", ["15 ngày"] = "15",
    ["30 ngày"] = "30", ["45 ngày"] = "45", ["60 ngày"] = "60", [""] = "00",
  },
  statuses = { ["Đang hoạt động"] = "1", ["Ngừng hoạt động"] = "0", [""] = "1" },
  suppliers = { KH = 0, NCC = 1, ["KH/NCC"] = 1, NV = 0 },
  employees = { KH = 0, NCC = 0, ["KH/NCC"] = 0, NV = 1 },
}
