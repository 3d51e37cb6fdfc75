/* ledger.c: the balance, checked and printed. */
#include "ledger.h"

#include "base/number.h"

bool ledger_balances(const struct ledger *ledger)
{
    return ledger->rows + ledger->extra ==
           ledger->skipped + ledger->rejected + ledger->duplicate +
               ledger->unchanged + ledger->accepted + ledger->pending +
               ledger->held;
}

void ledger_supersede(struct ledger *ledger, uint64_t records)
{
    ledger->pending -= records;
    ledger->duplicate += records;
    ledger->superseded += records;
}

void ledger_number(uint64_t number, struct buf *out)
{
    char text[NUMBER_TEXT];
    buf_puts(out, number_text(number, text));
}

void ledger_count(uint64_t number, const char *one, const char *many,
                  struct buf *out)
{
    ledger_number(number, out);
    buf_addf(out, " %s", number == 1 ? one : many);
}

/* One part of the sum; where 0 it stands only if it `always` does. */
static void add_part(struct buf *out, const char *sign, uint64_t number,
                     const char *name, bool always)
{
    if (number == 0 && !always)
        return;
    buf_puts(out, sign);
    ledger_number(number, out);
    buf_puts(out, name);
}

void ledger_print(const struct ledger *ledger, bool check, struct buf *out)
{
    ledger_count(ledger->rows, "row", "rows", out);
    add_part(out, " + ", ledger->extra, " extra", false);
    if (check)
        add_part(out, " = ", ledger->pending, " valid", true);
    else
        add_part(out, " = ", ledger->accepted, " accepted", true);
    add_part(out, " + ", ledger->unchanged, " unchanged", !check);
    add_part(out, " + ", ledger->duplicate, " duplicate", false);
    add_part(out, " (", ledger->superseded, " superseded)", false);
    add_part(out, " + ", ledger->rejected, " rejected", true);
    if (ledger->compared && ledger->rejected > 0)
        add_part(out, " (", ledger->new_rejects, " new)", true);
    add_part(out, " + ", ledger->skipped, " skipped", true);
    if (!check)
        add_part(out, " + ", ledger->pending, " pending", true);
    add_part(out, " + ", ledger->held, " held", false);
    buf_putc(out, '\n');
}

/* The kinds that there are warnings of, those with the most first; answers how
 * many kinds. */
static unsigned rank_kinds(const struct ledger *ledger,
                           enum warning_kind kinds[WARNING_KINDS])
{
    unsigned count = 0;
    for (unsigned kind = 0; kind < WARNING_KINDS; kind++) {
        uint64_t number = ledger->warnings[kind];
        unsigned at = count;
        if (number == 0)
            continue;
        for (; at > 0 && ledger->warnings[kinds[at - 1]] < number; at--)
            kinds[at] = kinds[at - 1];
        kinds[at] = (enum warning_kind)kind;
        count++;
    }
    return count;
}

void ledger_print_warnings(const struct ledger *ledger, struct buf *out)
{
    enum warning_kind kinds[WARNING_KINDS];
    unsigned count = rank_kinds(ledger, kinds);
    uint64_t total = 0;
    for (unsigned i = 0; i < count; i++)
        total += ledger->warnings[kinds[i]];
    if (count == 0)
        return;
    ledger_count(total, "warning", "warnings", out);
    for (unsigned i = 0; i < count; i++) {
        buf_puts(out, i == 0 ? ": " : ", ");
        ledger_number(ledger->warnings[kinds[i]], out);
        buf_addf(out, " %s", warning_name(kinds[i]));
    }
    buf_putc(out, '\n');
}

void ledger_print_resumed(const struct ledger *resumed, struct buf *out)
{
    ledger_count(resumed->rows, "record of earlier runs",
                 "records of earlier runs", out);
    add_part(out, " = ", resumed->accepted, " accepted", true);
    add_part(out, " + ", resumed->rejected, " rejected", true);
    add_part(out, " + ", resumed->duplicate - resumed->superseded,
             " refused and come again", false);
    add_part(out, " + ", resumed->superseded, " replaced by newer ones", false);
    add_part(out, " + ", resumed->pending, " pending", true);
    buf_putc(out, '\n');
}

/* Members of a JSON object, by name. */
struct member {
    const char *name;
    uint64_t number;
    bool left_out;
};

static void add_object(struct buf *out, const char *name,
                       const struct member *members, size_t count)
{
    char before = '{';
    buf_addf(out, "\"%s\":", name);
    for (size_t i = 0; i < count; i++) {
        if (members[i].left_out)
            continue;
        buf_addf(out, "%c\"%s\":%llu", before, members[i].name,
                 (unsigned long long)members[i].number);
        before = ',';
    }
    buf_putc(out, '}');
}

void ledger_json(const struct ledger *ledger, bool check, struct buf *out)
{
    const struct member balance[] = {
        {"rows", ledger->rows, false},
        {"extra", ledger->extra, false},
        {"skipped", ledger->skipped, false},
        {"rejected", ledger->rejected, false},
        {"duplicate", ledger->duplicate, false},
        {"unchanged", ledger->unchanged, check},
        {"accepted", ledger->accepted, check},
        {"pending", ledger->pending, check},
        {"valid", ledger->pending, !check},
        {"held", ledger->held, ledger->held == 0},
        {"superseded", ledger->superseded, ledger->superseded == 0},
    };
    const struct member delivery[] = {
        {"batches", ledger->batches, false},
        {"requests", ledger->requests, false},
        {"retries", ledger->retries, false},
        {"splits", ledger->splits, false},
        {"tokens", ledger->tokens, false},
        {"bytes", ledger->bytes, false},
    };
    add_object(out, "ledger", balance, sizeof balance / sizeof *balance);
    buf_putc(out, ',');
    add_object(out, "delivery", delivery, sizeof delivery / sizeof *delivery);
}

void ledger_json_new(const struct ledger *ledger, struct buf *out)
{
    if (ledger->compared)
        buf_addf(out, ",\"new_rejects\":%llu",
                 (unsigned long long)ledger->new_rejects);
}

void ledger_json_resumed(const struct ledger *resumed, struct buf *out)
{
    const struct member members[] = {
        {"records", resumed->rows, false},
        {"accepted", resumed->accepted, false},
        {"rejected", resumed->rejected, false},
        {"again", resumed->duplicate, false},
        {"pending", resumed->pending, false},
        {"superseded", resumed->superseded, resumed->superseded == 0},
    };
    add_object(out, "resumed", members, sizeof members / sizeof *members);
}

void ledger_json_warnings(const struct ledger *ledger, struct buf *out)
{
    enum warning_kind kinds[WARNING_KINDS];
    struct member members[WARNING_KINDS];
    unsigned count = rank_kinds(ledger, kinds);
    for (unsigned i = 0; i < count; i++)
        members[i] = (struct member){warning_name(kinds[i]),
                                     ledger->warnings[kinds[i]], false};
    if (count > 0)
        add_object(out, "warnings", members, count);
    else
        buf_puts(out, "\"warnings\":{}");
}
