/* report.c: the figures of a run in words. */
#include "report.h"

#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/screen/print.h"
#include "base/screen/show.h"

enum { REDRAW_MS = 200, LINE_MS = 5000 };

static double interval(void)
{
    return (log_is_terminal() ? REDRAW_MS : LINE_MS) / 1000.0;
}

void progress_begin(struct progress *progress, const struct ledger *ledger,
                    struct input *const *inputs, unsigned count)
{
    *progress = (struct progress){.ledger = ledger, .begun = clock_now()};
    /* One input of unknown size (a pipe) leaves the whole unknown. */
    bool known = true;
    for (unsigned i = 0; i < count; i++) {
        progress->total += inputs[i]->size;
        known = known && inputs[i]->size > 0;
    }
    if (!known)
        progress->total = 0;
    progress->next = progress->begun + interval();
}

void progress_at(struct progress *progress, const struct input *input,
                 uint64_t consumed)
{
    if (input != progress->input) {
        progress->done += progress->consumed;
        progress->consumed = 0;
        progress->input = input;
    }
    if (consumed > progress->consumed)
        progress->consumed = consumed;
}

/* Adds ", 1:40 left" as far as the bytes read so far foretell it. */
static void add_remaining(const struct progress *progress, double spent,
                          struct buf *line)
{
    uint64_t read = progress->done + progress->consumed;
    if (progress->total == 0 || read == 0 || spent < 1)
        return;
    /* As fast as until now: good enough, since rows are alike and the sender
     * is the same. */
    double share = (double)read / (double)progress->total;
    unsigned left = (unsigned)(spent / share - spent + 0.5);
    buf_addf(line, ", %.0f %%, %u:%02u left", share * 100, left / 60,
             left % 60);
}

static void add_number(struct buf *line, uint64_t number, const char *what)
{
    buf_puts(line, ", ");
    ledger_number(number, line);
    buf_puts(line, what);
}

void progress_tick(struct progress *progress)
{
    double now = clock_now();
    if (now < progress->next || !log_progress_wanted())
        return;
    progress->next = now + interval();
    double spent = now - progress->begun;
    const struct ledger *ledger = progress->ledger;
    struct buf line = {0};
    if (progress->doing != NULL)
        buf_addf(&line, "%s: ", progress->doing);
    ledger_count(ledger->rows, "row", "rows", &line);
    add_number(&line, spent > 0 ? (uint64_t)((double)ledger->rows / spent) : 0,
               " rows/s");
    if (ledger->accepted > 0)
        add_number(&line, ledger->accepted, " accepted");
    if (ledger->rejected > 0)
        add_number(&line, ledger->rejected, " rejected");
    add_remaining(progress, spent, &line);
    log_progress(buf_text(&line));
    buf_release(&line);
}

void progress_end(struct progress *progress)
{
    (void)progress;
    if (log_is_terminal())
        log_progress("");
}

/* What went over the network, beside the balance of the rows. */
static void add_delivery(const struct result *result, struct buf *out)
{
    const struct ledger *ledger = &result->ledger;
    ledger_count(ledger->requests, "request", "requests", out);
    buf_puts(out, ", ");
    ledger_count(ledger->retries, "retry", "retries", out);
    buf_puts(out, ", ");
    ledger_count(ledger->bytes, "byte", "bytes", out);
    buf_addf(out, ", %.1f s\n", result->seconds);
}

void report_text(const struct result *result)
{
    struct buf out = {0};
    bool check = strcmp(result->command, "check") == 0;
    bool resume = strcmp(result->command, "resume") == 0;
    if (result->resumed != NULL)
        ledger_print_resumed(result->resumed, &out);
    else if (resume)
        buf_puts(&out, "nothing is pending for this server\n");
    /* A resume maps no rows; its ledger is that of the earlier runs' records.
     */
    if (!resume)
        ledger_print(&result->ledger, check, &out);
    ledger_print_warnings(&result->ledger, &out);
    if (result->ledger.requests > 0)
        add_delivery(result, &out);
    for (unsigned i = 0; i < result->file_count; i++)
        show_linef(&out, "rejected rows: %s", result->files[i]);
    for (unsigned i = 0; i < result->edited_count; i++)
        show_linef(&out, "edited, and read by no run yet: %s",
                   result->edited[i]);
    if (result->warnings != NULL)
        show_linef(&out, "doubtful values: %s", result->warnings);
    print_lines(&out);
    buf_release(&out);
}

static void add_inputs(const struct result *result, struct buf *out)
{
    buf_puts(out, "\"inputs\":[");
    for (unsigned i = 0; i < result->input_count; i++) {
        const struct input *input = result->inputs[i];
        buf_puts(out, i > 0 ? ",{\"path\":" : "{\"path\":");
        json_cstring(out, input->path);
        buf_puts(out, ",\"format\":");
        json_cstring(out, input->format->name);
        buf_puts(out, ",\"encoding\":");
        json_cstring(out, input->encoding);
        buf_putc(out, '}');
    }
    buf_puts(out, "],");
}

static void add_text(struct buf *out, const char *name, const char *text)
{
    buf_addf(out, "\"%s\":", name);
    json_cstring(out, text);
    buf_putc(out, ',');
}

static void add_paths(struct buf *out, const char *name, char *const *paths,
                      unsigned count)
{
    if (count == 0)
        return;
    buf_addf(out, "\"%s\":[", name);
    for (unsigned i = 0; i < count; i++) {
        if (i > 0)
            buf_putc(out, ',');
        json_cstring(out, paths[i]);
    }
    buf_puts(out, "],");
}

/* Members are only ever added: programs read this object. */
void report_json(const struct result *result)
{
    struct buf out = {0};
    buf_putc(&out, '{');
    add_text(&out, "command", result->command);
    add_text(&out, "mapping", result->mapping);
    add_text(&out, "form", result->form);
    add_inputs(result, &out);
    ledger_json(&result->ledger, strcmp(result->command, "check") == 0, &out);
    ledger_json_new(&result->ledger, &out);
    buf_putc(&out, ',');
    left_out_json(&result->ledger.left, &out);
    buf_putc(&out, ',');
    if (result->resumed != NULL) {
        ledger_json_resumed(result->resumed, &out);
        buf_putc(&out, ',');
    }
    ledger_json_warnings(&result->ledger, &out);
    buf_putc(&out, ',');
    add_text(&out, "rejects", result->rejects);
    add_paths(&out, "rejects_files", result->files, result->file_count);
    add_paths(&out, "rejects_edited", result->edited, result->edited_count);
    if (result->warnings != NULL)
        add_text(&out, "warnings_file", result->warnings);
    if (result->error != NULL)
        add_text(&out, "error", result->error);
    buf_addf(&out, "\"seconds\":%.3f,\"exit\":%d}\n", result->seconds,
             result->exit);
    print_json(&out);
    buf_release(&out);
}
