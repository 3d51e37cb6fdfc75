#!/bin/sh
# libreoffice.sh [FOLDER]: the customers by LibreOffice (libreoffice-calc), which
# reads what openpyxl has written. Its HTML is saved as .xls, as web shops do it.
set -eu

cd "$(dirname "$0")"
made=${1:-../../data/workbooks/made}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
save() {
    soffice --headless "-env:UserInstallation=file://$scratch/user" \
        --convert-to "$1" --outdir "$scratch" "$made/openpyxl.xlsx" >/dev/null
    mv "$scratch/openpyxl.${1%%:*}" "$made/$2"
}
save "ods:calc8" libreoffice.ods
save "xls:MS Excel 97" libreoffice.xls
save "html:HTML (StarCalc)" libreoffice-html.xls
save "xlsx:Calc MS Excel 2007 XML" libreoffice.xlsx
save "csv:Text - txt - csv (StarCalc):59,34,76,1" libreoffice.csv
