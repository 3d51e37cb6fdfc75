/* fail.c: why SQLite cannot go on, and what to do about it. */
#include "state.h"

bool sqlite_fail(const struct input *input, int code, struct err *err)
{
    struct sqlite *state = input->state;
    const struct sqlite_options *options = input->options;
    if (state->file.failure.code != EXIT_DONE)
        return *err = state->file.failure, false;
    if (state->stopped)
        return err_set(err, EXIT_INTERRUPTED, "interrupted");
    if (state->worn)
        return err_set(err, EXIT_INPUT,
                       "the next row takes SQLite more than %llu steps "
                       "(max_steps)",
                       (unsigned long long)options->max_steps);
    switch (code & 0xFF) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return err_set(err, EXIT_INPUT,
                       "is damaged (%s): copy it once more, or repair it with "
                       "`sqlite3 FILE .recover`",
                       sqlite3_errmsg(state->db));
    case SQLITE_TOOBIG:
        return err_set(err, EXIT_INPUT,
                       "a value or a row is longer than %zu bytes (max_cell)",
                       options->asked.max_cell);
    default:
        return err_set(err, EXIT_INPUT, "SQLite cannot read it: %s",
                       state->db ? sqlite3_errmsg(state->db)
                                 : sqlite3_errstr(code));
    }
}
