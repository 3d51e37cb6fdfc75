/* guard.c: a few comparisons, and how each is overridden. */
#include "guard.h"

#include <math.h>

#include "base/buf.h"

/* What doubles may add to a share: 30 % of 10 is 3, not a little more. */
static const double exactly = 1 - 1e-12;

/* The fewest rows that are no sharp fall. */
static uint64_t min_rows_of(const struct guard *guard)
{
    return (uint64_t)ceil((double)guard->before * (1 - guard->max_shrink) *
                          exactly);
}

/* As many rows as it takes until none of the guards can stop the run for its
 * size. */
uint64_t guard_wait(const struct guard *guard)
{
    bool shares = guard->max_rejected < 1 || guard->max_skipped < 1;
    uint64_t rows = shares ? GUARD_ROWS : 0;
    if (rows < guard->min_rows)
        rows = guard->min_rows;
    if (rows < min_rows_of(guard))
        rows = min_rows_of(guard);
    return rows;
}

/* `501 of 1 000 rows were rejected, 50.1 %, at most 50 % may be …` */
static bool too_many(uint64_t count, uint64_t rows, const char *what,
                     const char *option, double most, bool sent,
                     struct err *err)
{
    struct buf text = {0};
    ledger_number(count, &text);
    buf_puts(&text, " of ");
    ledger_count(rows, "row", "rows", &text);
    err_set(err, EXIT_GUARD,
            "guard: %s were %s, %.3g %%, at most %.3g %% may be (max_%s); %s; "
            "--max-%s 100%% goes on all the same",
            buf_text(&text), what, (double)count / (double)rows * 100,
            most * 100, option,
            sent ? "nothing more was sent" : "nothing of this input was sent",
            option);
    buf_release(&text);
    return false;
}

static bool exceeds(uint64_t count, uint64_t rows, double most)
{
    return (double)count / (double)rows * exactly > most;
}

/* A few rows say little: unless somebody asked for a limit, it is looked at
 * from GUARD_ROWS rows on. */
bool guard_rejects(const struct guard *guard, const struct ledger *ledger,
                   bool sent, struct err *err)
{
    if (ledger->rows < (guard->strict_rejected ? 1 : GUARD_ROWS) ||
        !exceeds(ledger->rejected, ledger->rows, guard->max_rejected))
        return true;
    return too_many(ledger->rejected, ledger->rows, "rejected", "rejected",
                    guard->max_rejected, sent, err);
}

bool guard_skips(const struct guard *guard, const struct ledger *ledger,
                 bool sent, struct err *err)
{
    if (ledger->rows == 0 ||
        !exceeds(ledger->skipped, ledger->rows, guard->max_skipped))
        return true;
    return too_many(ledger->skipped, ledger->rows, "skipped", "skipped",
                    guard->max_skipped, sent, err);
}

/* Nothing was sent then, so it is enough to look at the end. */
bool guard_all_skipped(const struct guard *guard, const struct ledger *ledger,
                       struct err *err)
{
    if (guard->all_skipped || ledger->rows == 0 ||
        ledger->skipped < ledger->rows)
        return true;
    struct buf rows = {0};
    ledger_count(ledger->rows, "row", "rows", &rows);
    err_set(err, EXIT_GUARD,
            "guard: the mapping skipped all of the input, %s (max_skipped); "
            "--max-skipped 100%% goes on all the same",
            buf_text(&rows));
    buf_release(&rows);
    return false;
}

/* One message for each of the two: too few for min_rows is said first. */
bool guard_size(const struct guard *guard, const struct ledger *ledger,
                bool sent, struct err *err)
{
    const char *how = sent ? "some of it was sent" : "nothing of it was sent";
    if (ledger->rows >= guard->min_rows && ledger->rows >= min_rows_of(guard))
        return true;
    struct buf rows = {0}, min = {0};
    bool few = ledger->rows < guard->min_rows;
    ledger_count(ledger->rows, "row", "rows", &rows);
    ledger_number(few ? guard->min_rows : guard->before, &min);
    if (few)
        err_set(err, EXIT_GUARD,
                "guard: the input has %s, fewer than %s (min_rows); %s; "
                "--min-rows 0 goes on all the same",
                buf_text(&rows), buf_text(&min), how);
    else
        err_set(err, EXIT_GUARD,
                "guard: the input has %s, the last one had %s, and it may "
                "shrink by %.3g %% (max_shrink); %s; --max-shrink 100%% goes "
                "on all the same",
                buf_text(&rows), buf_text(&min), guard->max_shrink * 100, how);
    buf_release(&rows);
    buf_release(&min);
    return false;
}
