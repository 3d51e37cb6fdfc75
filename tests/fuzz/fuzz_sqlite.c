/* Any bytes as an SQLite database, of which any table is read: rows hold what a
 * value may be, and end; by one, two and eight mappers they are the same. */
#include "mappers.h"

#include "decode/sql/asked.h"

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count;
    (void)words;
    be_quiet();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char *const names[] = {"Customers", "Suppliers", "Shippers"};
    struct spec spec;
    struct err err;
    const char *name = names[len % 3];
    struct option_value table = option_text_value(name, strlen(name));
    spec_init(&spec);
    spec.format = format_find("sqlite");
    demand(spec_say(&spec, "table", &table, &err));
    demand_same_rows(&spec, bytes, len, &sql_piece, 1 + len % 300);
    spec_release(&spec);
    return 0;
}
