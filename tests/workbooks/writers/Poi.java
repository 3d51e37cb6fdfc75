/* Poi.java: the customers by Apache POI: XLSX in memory, XLSX as it streams
 * rows, and XLS. `java -cp 'lib/*' Poi.java HERE FOLDER`, with poi-ooxml and
 * gson in lib; HERE is the folder of customers.json. */
import com.google.gson.Gson;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

class Poi {
    record Column(String name, String kind, String format) {}
    record Customers(Column[] columns, Object[][] rows) {}

    static void set(Cell cell, Object value, String kind) {
        switch (kind) {
        case "date" -> cell.setCellValue(LocalDate.parse((String) value));
        case "datetime" -> cell.setCellValue(LocalDateTime.parse((String) value));
        case "bool" -> cell.setCellValue((Boolean) value);
        case "text" -> cell.setCellValue((String) value);
        default -> cell.setCellValue((Double) value);
        }
    }

    static void write(Workbook book, Customers customers, Path path) throws Exception {
        Sheet sheet = book.createSheet("Khách hàng");
        Row header = sheet.createRow(0);
        CellStyle[] styles = new CellStyle[customers.columns.length];
        for (int c = 0; c < styles.length; c++) {
            header.createCell(c).setCellValue(customers.columns[c].name);
            styles[c] = book.createCellStyle();
            styles[c].setDataFormat(book.createDataFormat().getFormat(customers.columns[c].format));
        }
        for (int r = 0; r < customers.rows.length; r++) {
            Row row = sheet.createRow(r + 1);
            for (int c = 0; c < styles.length; c++) {
                Cell cell = row.createCell(c);
                cell.setCellStyle(styles[c]);
                Object value = customers.rows[r][c];
                if (value != null)
                    set(cell, value, customers.columns[c].kind);
            }
        }
        try (FileOutputStream out = new FileOutputStream(path.toFile())) {
            book.write(out);
        }
        book.close();
    }

    public static void main(String[] given) throws Exception {
        String text = Files.readString(Path.of(given[0], "customers.json"));
        Customers customers = new Gson().fromJson(text, Customers.class);
        Path made = Path.of(given[1]);
        write(new XSSFWorkbook(), customers, made.resolve("poi.xlsx"));
        write(new SXSSFWorkbook(), customers, made.resolve("poi-rows.xlsx"));
        write(new HSSFWorkbook(), customers, made.resolve("poi.xls"));
    }
}
