/* excelize.go HERE FOLDER: the customers by excelize, in memory and as it streams
 * rows (go get github.com/xuri/excelize/v2). */
package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"github.com/xuri/excelize/v2"
)

type column struct{ Name, Kind, Format string }

type book struct {
	Columns []column
	Rows    [][]any
}

const sheet = "Khách hàng"

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func value(cell any, kind string) any {
	text, _ := cell.(string)
	switch {
	case cell == nil:
		return nil
	case kind == "date":
		day, err := time.Parse("2006-01-02", text)
		must(err)
		return day
	case kind == "datetime":
		moment, err := time.Parse("2006-01-02T15:04:05", text)
		must(err)
		return moment
	case kind == "integer" || kind == "zeros":
		return int64(cell.(float64))
	}
	return cell
}

func styles(file *excelize.File, columns []column) (all []int) {
	for i := range columns {
		id, err := file.NewStyle(&excelize.Style{CustomNumFmt: &columns[i].Format})
		must(err)
		all = append(all, id)
	}
	return all
}

func inMemory(customers book, path string) {
	file := excelize.NewFile()
	must(file.SetSheetName("Sheet1", sheet))
	ids := styles(file, customers.Columns)
	for c, column := range customers.Columns {
		at, _ := excelize.CoordinatesToCellName(c+1, 1)
		must(file.SetCellValue(sheet, at, column.Name))
		for r, row := range customers.Rows {
			if row[c] == nil {
				continue
			}
			at, _ := excelize.CoordinatesToCellName(c+1, r+2)
			must(file.SetCellValue(sheet, at, value(row[c], column.Kind)))
			must(file.SetCellStyle(sheet, at, at, ids[c]))
		}
	}
	must(file.SaveAs(path))
}

func streamed(customers book, path string) {
	file := excelize.NewFile()
	must(file.SetSheetName("Sheet1", sheet))
	ids := styles(file, customers.Columns)
	stream, err := file.NewStreamWriter(sheet)
	must(err)
	var names []any
	for _, column := range customers.Columns {
		names = append(names, column.Name)
	}
	must(stream.SetRow("A1", names))
	for r, row := range customers.Rows {
		var cells []any
		for c, cell := range row {
			cells = append(cells, excelize.Cell{StyleID: ids[c], Value: value(cell, customers.Columns[c].Kind)})
		}
		at, _ := excelize.CoordinatesToCellName(1, r+2)
		must(stream.SetRow(at, cells))
	}
	must(stream.Flush())
	must(file.SaveAs(path))
}

func main() {
	here := os.Args[1] /* the folder of customers.json */
	made := os.Args[2]
	text, err := os.ReadFile(filepath.Join(here, "customers.json"))
	must(err)
	var customers book
	must(json.Unmarshal(text, &customers))
	inMemory(customers, filepath.Join(made, "excelize.xlsx"))
	streamed(customers, filepath.Join(made, "excelize-rows.xlsx"))
}
