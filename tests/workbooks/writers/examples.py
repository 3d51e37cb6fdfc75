"""examples.py: the exports of two example scripts, made by hand, as nobody's
real ones may be shown: a template of MISA's kind (XlsxWriter), and what a web
shop calls .xls and is a page. The customers are invented."""
import datetime
from pathlib import Path

import xlsxwriter

EXPORTS = Path(__file__).resolve().parent.parent.parent.parent / "scripts/exports"

CUSTOMERS = [
    # code, name, company, tax code, phone, e-mail, address, birth, group, note
    ("0001", "Công ty TNHH Gạch Sông Thương", "", "0312345673", "028 3822 1234", "ketoan@songthuong.vn",
     "12 Trần Phú, Quận 5, TP. Hồ Chí Minh", None, "Đại lý", ""),
    ("0002", "Nguyễn Thị Lụa", "", "", "0912 345 678", "", "Ấp 3, Xã Tân Phú, Tỉnh Tây Ninh", (1984, 3, 9), "Bán lẻ", ""),
    ("0003", "Cửa hàng Vải Kim Liên", "Hộ kinh doanh Kim Liên", "0801234578-001", "0168 234 5678", "kimlien@vai.vn",
     "45 Hàng Đào\nQuận Hoàn Kiếm, Hà Nội", None, "Đại lý", "giao buổi sáng"),
    ("0007", "Trần Văn Đồng", "", "", "0903000111", "dong.tran@", "7 Lê Lợi, Huế", (1990, 12, 31), "Bán lẻ", ""),
    ("0012", "Hợp tác xã Chè Tân Cương", "", "4600111238", "0208 3855 999", "htx@chetancuong.vn",
     "Xã Tân Cương, TP. Thái Nguyên", None, "Dự án", "trả chậm 30 ngày"),
    ("0105", "Phạm Thị Ngọc Ánh", "", "", "0987654321", "", "", (2001, 2, 28), "Bán lẻ", ""),
    ("0106", "", "Công ty CP Thép Hòa Bình", "0109999999", "024 3765 4321", "thep@hoabinh.vn", "Km 9, Láng Hòa Lạc", None,
     "Dự án", "chưa có tên"),
]


def misa():
    book = xlsxwriter.Workbook(EXPORTS / "misa_khach-hang.xlsx")
    sheet = book.add_worksheet("Mẫu nhập khẩu")
    bold = book.add_format({"bold": True, "align": "center"})
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.merge_range("A1:L1", "MS-003 - DANH SÁCH KHÁCH HÀNG", bold)
    names = ["STT", "Mã khách hàng", "Tên khách hàng", "Tên công ty", "Mã số thuế", None, None, None, "Ngày sinh",
             "Nhóm khách hàng", "Ghi chú"]
    for column, name in enumerate(names):
        if name in ("Mã khách hàng", "Tên khách hàng"):
            sheet.write(1, column, name, bold)
            sheet.write(2, column, "(*)", bold)
        elif name:
            sheet.merge_range(1, column, 2, column, name, bold)
    sheet.merge_range("F2:H2", "Liên hệ", bold)
    sheet.write_row("F3", ["Điện thoại", "Email", "Địa chỉ"], bold)
    for number, (code, name, company, tax, phone, mail, address, born, group, note) in enumerate(CUSTOMERS, 1):
        row = number + 2
        sheet.write_number(row, 0, number)
        for column, cell in enumerate((code, name, company, tax, phone, mail, address), 1):
            sheet.write(row, column, cell, text)
        if born:
            sheet.write_datetime(row, 8, datetime.datetime(*born), day)
        sheet.write_row(row, 9, [group, note])
    last = len(CUSTOMERS) + 3
    sheet.merge_range(last, 0, last, 1, "Tổng cộng", bold)
    sheet.write_number(last, 2, len(CUSTOMERS), bold)
    sheet.write(last + 2, 9, "Người lập", bold)
    book.close()


SHOP = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<style>td { border: 1px solid #ccc } .text { mso-number-format:"\\@" }</style></head>
<body><h3>DANH S&Aacute;CH KH&Aacute;CH H&Agrave;NG</h3>
<table border="1">
<thead><tr><th colspan="10">Shop Bếp Nhà &ndash; xuất ngày 15/09/2025</th></tr>
<tr><th>STT</th><th>M&atilde; kh&aacute;ch h&agrave;ng</th><th>Tên khách hàng</th><th>Loại khách hàng</th><th>Số điện thoại</th>
<th>Email</th><th>Địa chỉ</th><th>Địa chỉ giao hàng</th><th>Mã số thuế</th><th>Ngày mua gần nhất</th></tr></thead>
<tbody>
%s
</tbody>
<tfoot><tr><td colspan="2"><b>Tổng cộng</b></td><td colspan="8">%d khách hàng</td></tr></tfoot>
</table></body></html>
"""


def shop():
    kinds = {"Đại lý": "Công ty", "Dự án": "Công ty", "Bán lẻ": "Cá nhân"}
    rows = []
    for number, (code, name, company, tax, phone, mail, address, _, group, _) in enumerate(CUSTOMERS, 1):
        link = '<a href="mailto:%s">%s</a>' % (mail, mail) if mail else "&nbsp;"
        cells = ["<td>%d</td>" % number, '<td class="text">%s</td>' % code, "<td>%s</td>" % (name or company),
                 "<td>%s</td>" % kinds[group], '<td class="text">%s</td>' % phone, "<td>%s</td>" % link,
                 "<td>%s</td>" % (address.replace("\n", "<br>") or "&nbsp;"),
                 "<td>%s</td>" % ("nh&#432; tr&ecirc;n" if number % 3 == 0 else "&nbsp;"),
                 '<td class="text">%s</td>' % (tax or "&nbsp;"), "<td>%02d/08/2025 1%d:30</td>" % (number + 8, number)]
        rows.append("<tr>%s</tr>" % "".join(cells))
    text = SHOP % ("\n".join(rows), len(CUSTOMERS))
    (EXPORTS / "web-shop_khach-hang.xls").write_text(text, encoding="utf-8")


misa()
shop()
