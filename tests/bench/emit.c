/* emit.c: records to JSON, bodies and rejects.
 *
 * A record is written behind the body as it is; where it turns out too long,
 * or its key came before, the body's length is simply not moved. */
#include "work.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

enum { LEAD = 32, ROOM = 65536, FIRST_KEYS = 1 << 16 };

static const char head[] = "{\"form\":\"setCustomer\",\"data\":[";

const char *const field_names[FIELDS] = {
    "CustomerCode", "CustomerName", "OtherName",   "SaleCode",    "Address",
    "Partner",      "GroupCode1",   "GroupCode2",  "GroupCode3",  "PhoneNumber",
    "TaxCode",      "Fax",          "Email",       "BankAccount", "BankName",
    "BranchName",   "AccountName",  "PaymentTerm", "status",      "SuplierYN",
    "EmployeeYN",   "Description"};
static const unsigned limits[FIELDS] = {32,  256, 256, 32, 256, 256, 32,  32,
                                        32,  32,  32,  32, 128, 30,  256, 256,
                                        256, 2,   1,   1,  1,   512};
static char leads[FIELDS][LEAD];
static size_t lead_lens[FIELDS];

static bool is_flag(unsigned field)
{
    return field == SUPPLIER || field == EMPLOYEE;
}

void emit_open(struct emit *emit, const char *bodies, const char *rejects)
{
    *emit = (struct emit){.size = 1 << 20, .key_size = FIRST_KEYS};
    emit->bodies = open(bodies, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    emit->rejects = fopen(rejects, "w");
    emit->body = malloc(emit->size + ROOM);
    emit->keys = calloc(2 * emit->key_size, sizeof *emit->keys);
    if (emit->bodies < 0 || emit->rejects == NULL || emit->body == NULL ||
        emit->keys == NULL) {
        perror("emit");
        exit(1);
    }
    for (unsigned i = 0; i < FIELDS; i++)
        lead_lens[i] = (size_t)snprintf(leads[i], LEAD, ",\"%s\":%s",
                                        field_names[i], is_flag(i) ? "" : "\"");
    memcpy(emit->body, head, sizeof head - 1);
    emit->len = sizeof head - 1;
}

void emit_reject(struct emit *emit, const struct row *row, const char *field,
                 const char *reason)
{
    fwrite(row->source, 1, row->source_len, emit->rejects);
    fprintf(emit->rejects, ",%llu,%s,%s\n", (unsigned long long)row->line,
            field, reason);
    emit->rejected++;
}

static char *put_escaped(char *to, const struct cell *cell)
{
    for (uint32_t i = 0; i < cell->len; i++) {
        unsigned char c = (unsigned char)cell->at[i];
        if (c == '"' || c == '\\') {
            *to++ = '\\';
            *to++ = (char)c;
        } else if (c >= 0x20) {
            *to++ = (char)c;
        } else if (c == '\n' || c == '\t' || c == '\r') {
            *to++ = '\\';
            *to++ = c == '\n' ? 'n' : c == '\t' ? 't' : 'r';
        } else {
            to += sprintf(to, "\\u%04x", c);
        }
    }
    return to;
}

static size_t units(const struct cell *cell)
{
    size_t count = 0;
    for (uint32_t i = 0; i < cell->len; i++) {
        unsigned char c = (unsigned char)cell->at[i];
        count += (c & 0xC0) != 0x80;
        count += c >= 0xF0;
    }
    return count;
}

static char *put_text(char *to, const struct cell *cell)
{
    if ((cell->flags & ESCAPE) != 0)
        return put_escaped(to, cell);
    memcpy(to, cell->at, cell->len);
    return to + cell->len;
}

/* The record as JSON, or the field that is wrong with it. */
static char *put_record(char *to, const struct cell *fields, unsigned *wrong,
                        const char **reason)
{
    char *first = to;
    for (unsigned i = 0; i < FIELDS; i++) {
        const struct cell *cell = &fields[i];
        *wrong = i;
        if (cell->len == 0) {
            if (i == CODE || i == NAME || i == STATUS) {
                *reason = "required";
                return NULL;
            }
            continue;
        }
        if (cell->len > limits[i] && units(cell) > limits[i]) {
            *reason = "too long";
            return NULL;
        }
        memcpy(to, leads[i], LEAD);
        to = put_text(to + lead_lens[i], cell);
        *to = '"';
        to += !is_flag(i);
    }
    *first = '{';
    *to++ = '}';
    return to;
}

static void grow_keys(struct emit *emit)
{
    size_t size = 2 * emit->key_size;
    uint64_t *keys = calloc(2 * size, sizeof *keys);
    if (keys == NULL)
        abort();
    for (size_t i = 0; i < emit->key_size; i++) {
        const uint64_t *old = emit->keys + 2 * i;
        size_t at = old[0] & (size - 1);
        if (old[0] == 0)
            continue;
        while (keys[2 * at] != 0)
            at = (at + 1) & (size - 1);
        memcpy(keys + 2 * at, old, 2 * sizeof *old);
    }
    free(emit->keys);
    emit->keys = keys;
    emit->key_size = size;
}

/* The key's hash; its place is fetched while the record is being written. */
static uint64_t key_hash(struct emit *emit, const struct cell *key)
{
    if (2 * emit->key_count >= emit->key_size)
        grow_keys(emit);
    uint64_t hash = XXH3_64bits(key->at, key->len) | 1;
    __builtin_prefetch(emit->keys + 2 * (hash & (emit->key_size - 1)), 1);
    return hash;
}

/* Remembers the key; false where it came before. */
static bool is_new(struct emit *emit, uint64_t hash, const char *json,
                   size_t len)
{
    size_t at = hash & (emit->key_size - 1);
    for (; emit->keys[2 * at] != 0; at = (at + 1) & (emit->key_size - 1))
        if (emit->keys[2 * at] == hash)
            return false;
    emit->keys[2 * at] = hash;
    emit->keys[2 * at + 1] = XXH3_64bits(json, len);
    emit->key_count++;
    return true;
}

static void end_body(struct emit *emit)
{
    if (emit->batch == 0)
        return;
    memcpy(emit->body + emit->len - 1, "]}\n", 3);
    size_t len = emit->len + 2;
    if (write(emit->bodies, emit->body, len) != (ssize_t)len)
        perror("bodies");
    emit->batch = 0;
    emit->len = sizeof head - 1;
}

bool emit_record(struct emit *emit, const struct row *row,
                 const struct cell *fields)
{
    const char *reason = NULL;
    unsigned wrong;
    if (emit->len > emit->size)
        end_body(emit);
    uint64_t hash = key_hash(emit, &fields[CODE]);
    char *json = emit->body + emit->len;
    char *end = put_record(json, fields, &wrong, &reason);
    if (end == NULL) {
        emit_reject(emit, row, field_names[wrong], reason);
        return false;
    }
    if (!is_new(emit, hash, json, (size_t)(end - json))) {
        emit_reject(emit, row, field_names[CODE], "came before");
        return false;
    }
    *end++ = ',';
    emit->len = (size_t)(end - emit->body);
    emit->accepted++;
    if (++emit->batch == BATCH)
        end_body(emit);
    return true;
}

void emit_close(struct emit *emit)
{
    end_body(emit);
    close(emit->bodies);
    fclose(emit->rejects);
    free(emit->body);
    free(emit->keys);
    printf("%llu accepted %llu rejected\n", (unsigned long long)emit->accepted,
           (unsigned long long)emit->rejected);
}
