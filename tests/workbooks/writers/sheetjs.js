/* sheetjs.js [FOLDER]: the customers by SheetJS (npm install xlsx), in each
 * format that it writes. In ODS it writes no formats; dates are told there. */
const fs = require("fs");
const path = require("path");
const XLSX = require("xlsx");
const pages = require("xlsx/dist/cpexcel.js");
const { columns, rows } = require("./customers.json");

const made = process.argv[2] || path.join(__dirname, "../../data/workbooks/made");
const TYPES = { text: "s", zeros: "n", integer: "n", date: "n", datetime: "n",
                decimal: "n", bool: "b" };

function serial(text) {
  return Date.parse(text + (text.length > 10 ? "Z" : "T00:00:00Z")) / 864e5 + 25569;
}

/* ơ, ư, â, ê, ô, ă, đ are letters of Windows-1258; a tone stands behind its
 * letter. BIFF5 is written byte by byte: each byte of it as one character. */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/;
function bytes1258(text) {
  const spelt = [...text.normalize("NFC")].map(letter => {
    const parts = [...letter.normalize("NFD")];
    return parts.filter(part => !TONES.test(part)).join("").normalize("NFC") +
           parts.filter(part => TONES.test(part)).join("");
  }).join("").replace(/[\u{10000}-\u{10ffff}]/gu, "");
  return Buffer.from(pages.utils.encode(1258, spelt)).toString("latin1");
}

function cell(value, column, spell, dates) {
  if (value === null) return undefined;
  const dated = column.kind === "date" || column.kind === "datetime";
  if (dated && dates)
    return { t: "d", z: column.format, v: new Date(value + (value.length > 10 ? "Z" : "T00:00:00Z")) };
  return { t: TYPES[column.kind], z: column.format,
           v: dated ? serial(value) : typeof value === "string" ? spell(value) : value };
}

function book(spell, dates) {
  const sheet = XLSX.utils.aoa_to_sheet([columns.map(column => spell(column.name))]);
  rows.forEach((row, r) => row.forEach((value, c) => {
    const made = cell(value, columns[c], spell, dates);
    if (made) sheet[XLSX.utils.encode_cell({ r: r + 1, c })] = made;
  }));
  sheet["!ref"] = XLSX.utils.encode_range({ s: { r: 0, c: 0 }, e: { r: rows.length, c: columns.length - 1 } });
  const all = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(all, sheet, "KhachHang");
  return all;
}

const same = text => text;
for (const [name, options] of [
  ["sheetjs.xlsx", { bookType: "xlsx" }],
  ["sheetjs-shared.xlsx", { bookType: "xlsx", bookSST: true, compression: true }],
  ["sheetjs.xlsb", { bookType: "xlsb" }],
  ["sheetjs-biff8.xls", { bookType: "biff8" }],
  ["sheetjs.ods", { bookType: "ods" }],
  ["sheetjs.fods", { bookType: "fods" }],
  ["sheetjs-html.xls", { bookType: "html" }],
  ["sheetjs-xlml.xls", { bookType: "xlml" }],
  ["sheetjs.csv", { bookType: "csv" }],
  ["sheetjs-utf16.txt", { bookType: "txt" }],
]) XLSX.writeFile(book(same, /ods/.test(name)), path.join(made, name), options);

/* It writes "_" for whatever is not ASCII; here each character is a byte that is
 * wanted. The code page is a record of its own, of two bytes: 1252 becomes 1258. */
const replace = String.prototype.replace;
String.prototype.replace = function (what, by) {
  return String(what) === "/[^\\x00-\\x7F]/g" ? String(this) : replace.call(this, what, by);
};
const biff5 = XLSX.write(book(bytes1258), { bookType: "biff5", type: "buffer" });
String.prototype.replace = replace;
biff5.writeUInt16LE(1258, biff5.indexOf(Buffer.from([0x42, 0, 2, 0, 0xe4, 0x04])) + 4);
fs.writeFileSync(path.join(made, "sheetjs-biff5.xls"), biff5);
