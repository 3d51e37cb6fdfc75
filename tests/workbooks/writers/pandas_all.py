"""pandas_all.py [FOLDER]: the customers by pandas: as people call it, with the
formats that it has for dates and none for codes; a workbook by each engine, and
a page."""
import made
import pandas

frame = pandas.DataFrame(made.values(), columns=made.NAMES, dtype=object)
for engine in ("openpyxl", "xlsxwriter"):
    with pandas.ExcelWriter(made.MADE / f"pandas-{engine}.xlsx", engine=engine, date_format="dd/mm/yyyy",
                            datetime_format="yyyy-mm-dd hh:mm:ss") as writer:
        frame.to_excel(writer, sheet_name="Khách hàng", index=False)
frame.to_excel(made.MADE / "pandas.ods", sheet_name="Khách hàng", index=False, engine="odf")
frame.fillna("").to_html(made.MADE / "pandas.xls", index=False, float_format=repr)
