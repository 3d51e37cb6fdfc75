/* doubt.c: the words, and the kind of warning that they are. */
#include "doubt.h"

const struct sheet_doubt sheet_error = {
    WARNING_FORMULA, "the cell holds an error, and is left blank"};
const struct sheet_doubt sheet_no_result = {
    WARNING_FORMULA, "a formula without a result: open the file in a "
                     "spreadsheet program and save it"};
const struct sheet_doubt sheet_mistyped = {
    WARNING_NUMBER, "text in a cell whose type is a number, or true and false: "
                    "it is kept as it stands"};
const struct sheet_doubt sheet_no_number = {
    WARNING_NUMBER, "the cell's number is none, and is left blank"};
