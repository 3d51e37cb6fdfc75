/* findings.c: with --json a difference is written as soon as it is found, and
 * nothing is kept. For people the first ones are kept to the end, since a
 * table's columns are as wide as their widest cell; long texts are shown from
 * where they begin to differ. */
#include "findings.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/screen/aligned.h"
#include "base/screen/print.h"
#include "base/utf8.h"
#include "ledger.h"

enum { KEY, FIELD, SENT, FOUND, COLUMNS };
enum { CELL_WIDTH = 36, LEAD = 12 }; /* characters in front of a difference */

static const char *const heads[COLUMNS] = {"Key", "Field", "Sent",
                                           "On the server"};

void findings_begin(struct findings *findings, bool json, const char *mapping,
                    const char *form)
{
    *findings = (struct findings){.json = json};
    if (!json)
        return;
    struct buf *out = &findings->out;
    buf_puts(out, "{\"command\":\"verify\",\"mapping\":");
    json_cstring(out, mapping);
    buf_puts(out, ",\"form\":");
    json_cstring(out, form);
    buf_puts(out, ",\"differences\":[");
}

/* A JSON member, null where there is no text. The comma depends on what stands
 * before it, so that callers need not count. */
static void add_member(struct buf *out, const char *name, const char *text,
                       size_t len)
{
    buf_addf(out, "%s\"%s\":", out->at[out->len - 1] == '{' ? "" : ",", name);
    if (text != NULL)
        json_string(out, text, len);
    else
        buf_puts(out, "null");
}

static void add_json(struct findings *findings, const struct finding *finding)
{
    const struct difference *difference = finding->difference;
    struct buf *out = &findings->out;
    buf_puts(out, findings->count > 0 ? ",{" : "{");
    add_member(out, "key", finding->key, finding->key_len);
    if (difference != NULL) {
        add_member(out, "field", difference->field, strlen(difference->field));
        add_member(out, "sent", difference->sent, difference->sent_len);
        add_member(out, "found", difference->found, difference->found_len);
    } else if (finding->reason != NULL) {
        add_member(out, "refused", finding->reason, strlen(finding->reason));
    } else {
        buf_puts(out, ",\"missing\":true");
    }
    buf_putc(out, '}');
    print_json(out);
}

/* Where two texts begin to differ, less a few characters; 0 where both fit. */
static size_t lead_of(const struct difference *difference)
{
    const char *a = difference->sent, *b = difference->found;
    size_t same = 0;
    if (b == NULL || (difference->sent_len <= CELL_WIDTH &&
                      difference->found_len <= CELL_WIDTH))
        return 0;
    while (same < difference->sent_len && same < difference->found_len &&
           a[same] == b[same])
        same++;
    /* Shown from a few letters before the difference, and from a whole letter
     * on. */
    const char *at = a + same;
    while (at > a && ((unsigned char)*at & 0xc0) == 0x80)
        at--; /* to a character's first byte */
    for (int i = 0; i < LEAD && at > a; i++)
        utf8_last(a, &at);
    return (size_t)(at - a);
}

static char *cell(const char *text, size_t len, size_t lead)
{
    return len == 0 ? mem_text("(nothing)")
                    : mem_format("%s%.*s", lead > 0 ? "…" : "",
                                 (int)(len - lead), text + lead);
}

/* Copies: what a finding points to is gone after the call. */
static void keep(struct shown *shown, const struct finding *finding)
{
    const struct difference *difference = finding->difference;
    shown->cells[KEY] = mem_text_n(finding->key, finding->key_len);
    if (difference == NULL) {
        shown->cells[FIELD] = mem_text("");
        shown->cells[SENT] = mem_text("");
        shown->cells[FOUND] = finding->reason
                                  ? mem_format("refused: %s", finding->reason)
                                  : mem_text("no such record");
        return;
    }
    size_t lead = lead_of(difference);
    shown->cells[FIELD] = mem_text(difference->field);
    shown->cells[SENT] = cell(difference->sent, difference->sent_len, lead);
    shown->cells[FOUND] = cell(difference->found, difference->found_len, lead);
}

void findings_add(void *owner, const struct finding *finding)
{
    struct findings *findings = owner;
    if (findings->json)
        add_json(findings, finding);
    else if (findings->count < FINDINGS_SHOWN)
        keep(&findings->shown[findings->count], finding);
    findings->count++;
}

static size_t column_width(const struct findings *findings, uint64_t rows,
                           int column)
{
    size_t widest = aligned_width(heads[column], CELL_WIDTH);
    for (uint64_t i = 0; i < rows; i++) {
        size_t width =
            aligned_width(findings->shown[i].cells[column], CELL_WIDTH);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void add_table(struct findings *findings)
{
    struct buf *out = &findings->out;
    size_t widths[COLUMNS];
    uint64_t rows =
        findings->count < FINDINGS_SHOWN ? findings->count : FINDINGS_SHOWN;
    if (rows == 0)
        return;
    for (int c = 0; c < COLUMNS; c++) {
        widths[c] = column_width(findings, rows, c);
        aligned_put(out, heads[c], widths[c]);
    }
    aligned_end(out);
    for (uint64_t i = 0; i < rows; i++) {
        for (int c = 0; c < COLUMNS; c++)
            aligned_put(out, findings->shown[i].cells[c], widths[c]);
        aligned_end(out);
    }
    if (findings->count > rows) {
        buf_puts(out, "… and ");
        ledger_number(findings->count - rows, out);
        buf_puts(out, " more\n");
    }
    buf_putc(out, '\n');
}

/* "998 as sent", after what parts it from the count before. */
static void add_count(struct buf *out, const char *parted, uint64_t count,
                      const char *what)
{
    buf_puts(out, parted);
    ledger_number(count, out);
    buf_putc(out, ' ');
    buf_puts(out, what);
}

/* Those asked for at all; `left_out` are those that --sample passed by. */
static uint64_t compared_in(const struct verify_counts *counts)
{
    return counts->same + counts->differing + counts->missing + counts->unread;
}

/* Six counts are always shown, the others only where they are not 0. */
static void add_summary(struct buf *out, const struct findings_end *end)
{
    const struct verify_counts *counts = end->counts;
    uint64_t compared = compared_in(counts);
    uint64_t accepted = compared + counts->left_out;
    if (end->error != NULL)
        buf_puts(out, "so far: ");
    if (counts->left_out > 0)
        add_count(out, "", compared, "of ");
    ledger_count(accepted, "accepted record", "accepted records", out);
    add_count(out, ": ", counts->same, "as sent");
    add_count(out, ", ", counts->differing,
              counts->differing == 1 ? "differs" : "differ");
    add_count(out, ", ", counts->missing, "missing");
    if (counts->unread > 0)
        add_count(out, ", ", counts->unread, "refused by the server");
    add_count(out, "; ", counts->changed, "changed since");
    add_count(out, ", ", counts->unaccepted, "not accepted yet");
    add_count(out, ", ", counts->pending, "pending");
    if (counts->gone > 0)
        add_count(out, ", ", counts->gone, "without a valid row in the input");
    if (counts->gone_missing > 0)
        add_count(out, ", ", counts->gone_missing, "of them missing");
    if (counts->gone_unread > 0)
        add_count(out, ", ", counts->gone_unread,
                  "of them refused by the server");
    buf_putc(out, '\n');
    ledger_count(end->requests, "request", "requests", out);
    buf_addf(out, ", %.1f s\n", end->seconds);
}

static void end_json(struct buf *out, const struct findings_end *end)
{
    const struct verify_counts *counts = end->counts;
    const struct {
        const char *name;
        uint64_t count;
    } all[] = {
        {"same", counts->same},
        {"differing", counts->differing},
        {"missing", counts->missing},
        {"unread", counts->unread},
        {"left_out", counts->left_out},
        {"changed", counts->changed},
        {"unaccepted", counts->unaccepted},
        {"pending", counts->pending},
        {"gone", counts->gone},
        {"gone_missing", counts->gone_missing},
        {"gone_unread", counts->gone_unread},
        {"rejected", counts->rejected},
    };
    buf_puts(out, "],\"counts\":{");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        buf_addf(out, "%s\"%s\":%" PRIu64, i > 0 ? "," : "", all[i].name,
                 all[i].count);
    buf_addf(out, "},\"requests\":%" PRIu64, end->requests);
    if (end->error != NULL)
        add_member(out, "error", end->error, strlen(end->error));
    buf_addf(out, ",\"seconds\":%.3f,\"exit\":%d}\n", end->seconds,
             (int)end->exit);
}

void findings_end(struct findings *findings, const struct findings_end *end)
{
    /* What failed before anything was compared has no counts to show. */
    bool begun = end->error == NULL || compared_in(end->counts) > 0;
    bool silent = end->quiet && end->exit == EXIT_DONE;
    if (findings->json)
        end_json(&findings->out, end);
    else if (!silent)
        add_table(findings);
    if (!findings->json && begun && !silent)
        add_summary(&findings->out, end);
    if (findings->json)
        print_json(&findings->out);
    else
        print_lines(&findings->out);
    buf_release(&findings->out);
    for (uint64_t i = 0; i < FINDINGS_SHOWN && i < findings->count; i++)
        for (int c = 0; c < COLUMNS; c++)
            free(findings->shown[i].cells[c]);
}
