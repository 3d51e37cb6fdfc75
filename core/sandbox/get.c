/* get.c: GetData: a record by its Id, or those that changed in some days (UTC,
 * both ends included). */
#include "get.h"

#include <inttypes.h>

#include "answer.h"
#include "base/case.h"
#include "base/utf8.h"
#include "form/form.h"
#include "members.h"

enum { GET_FORM, GET_ID, GET_FROM, GET_TO, GET_MEMBERS };

/* GetData names a form by another word than SyncData (getCustomer,
 * setCustomer). */
static const struct form *form_read_by(const struct member *name)
{
    struct err err;
    const struct form *const *all = forms_load(&err);
    for (; all != NULL && *all != NULL; all++) {
        if ((*all)->reads != NULL && member_is(name, (*all)->reads))
            return *all;
    }
    return NULL;
}

static bool is_date(const struct buf *text)
{
    static const char shape[] = "dddd-dd-dd";
    if (text->len != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < text->len; i++) {
        bool digit = text->at[i] >= '0' && text->at[i] <= '9';
        if (shape[i] == 'd' ? !digit : text->at[i] != shape[i])
            return false;
    }
    return true;
}

static int check_get(const struct fast_request *request,
                     struct member members[GET_MEMBERS],
                     const struct form **form, struct buf *why)
{
    if (!members_read(request->body, request->len, members, GET_MEMBERS, why))
        return FAST_INVALID;
    *form = form_read_by(&members[GET_FORM]);
    if (*form == NULL) {
        buf_puts(why, "the form does not exist");
        return FAST_NO_FORM;
    }
    for (int i = GET_FROM; i <= GET_TO; i++) {
        if (members[i].given && !is_date(&members[i].text)) {
            buf_addf(why, "%s: must be a date, YYYY-MM-DD", members[i].name);
            return FAST_INVALID;
        }
    }
    if (members[GET_ID].given || members[GET_FROM].given ||
        members[GET_TO].given)
        return FAST_OK;
    buf_puts(why, "Id, or dateFrom and dateTo, must be given");
    return FAST_INVALID;
}

/* The Id as records are stored by it. */
static void fold_id(const struct buf *id, struct buf *folded)
{
    if (id->len == 0)
        return;
    const char *start = id->at;
    const char *end = start + id->len;
    utf8_trim(&start, &end);
    utf8_upper(folded, start, (size_t)(end - start));
}

static bool put_records(struct fast *fast, const struct store_query *query,
                        struct store_request *log, struct buf *out,
                        struct err *err)
{
    struct buf records = {0};
    /* Into a buffer of its own: the number of records stands before them in
     * the answer. */
    bool good = store_get(fast->store, query, &records, &log->records, err);
    if (good) {
        buf_addf(out,
                 "{\"success\":true,\"messages\":\"SUCCESS\","
                 "\"records\":%" PRIu64 ",\"data\":[",
                 log->records);
        buf_add(out, records.at, records.len);
        buf_puts(out, "],\"code\":200}");
        good = store_log(fast->store, log, err);
    }
    buf_release(&records);
    return good;
}

static void answer_records(struct fast *fast, struct member *members,
                           struct store_request *log,
                           struct fast_answer *answer)
{
    struct err err;
    struct buf id = {0};
    fold_id(&members[GET_ID].text, &id);
    struct store_query query = {
        .form = log->form,
        .id = members[GET_ID].given ? buf_text(&id) : NULL,
        .id_len = id.len,
        .from = buf_text(&members[GET_FROM].text),
        .to = buf_text(&members[GET_TO].text),
    };
    bool good = store_begin(fast->store, &err);
    if (good) {
        good = put_records(fast, &query, log, &answer->body, &err);
        good = store_end(fast->store, good, &err) && good;
    }
    if (!good)
        fast_say(answer, FAST_BROKEN, err.text);
    buf_release(&id);
}

void fast_get_data(struct fast *fast, const struct fast_request *request,
                   struct fast_answer *answer)
{
    struct member members[GET_MEMBERS] = {[GET_FORM] = {.name = "form"},
                                          [GET_ID] = {.name = "Id"},
                                          [GET_FROM] = {.name = "dateFrom"},
                                          [GET_TO] = {.name = "dateTo"}};
    const struct form *form = NULL;
    struct buf why = {0};
    if (!fast_authorised(fast, request, "/api/GetData", answer))
        return;
    struct store_request log = {.path = "/api/GetData",
                                .fault = fast_fault(request)};
    log.code = check_get(request, members, &form, &why);
    log.form = form != NULL ? form->name : NULL;
    if (log.code == FAST_OK) {
        answer_records(fast, members, &log, answer);
    } else {
        fast_error(answer, log.code, why.at, why.len);
        fast_log(fast, &log, answer);
    }
    members_release(members, GET_MEMBERS);
    buf_release(&why);
}
