/* client.c: what fast.connect() answers: requests one at a time, with the
 * token, the retries and the messages of a run.
 *
 * What a script sends again it means: A, B and A again leave A. A server that
 * drops repetitions would keep B, and answer the last as it did the first; so
 * each call has white space of its own. The retries of one call are the same
 * bytes, as everywhere. */
#include <stdlib.h>
#include <time.h>

#include "base/json.h"
#include "base/mem.h"
#include "batch/batch.h"
#include "client.h"
#include "session.h"

struct client {
    struct script_client face;
    struct session session;
    struct ledger ledger;
    uint64_t salt; /* of the last call */
};

/* Another in each call, of this process or another one: the time. */
static uint64_t next_salt(struct client *client)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t salt =
        (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
    client->salt = salt > client->salt ? salt : client->salt + 1;
    return client->salt;
}

/* The script has made the records' JSON itself; the body around it is that of
 * a batch. */
static bool sync_records(void *argument, const struct form *form,
                         const char *json, size_t len, unsigned count,
                         struct buf *reply, struct err *err)
{
    struct client *client = argument;
    struct batch_limits limits = {.form = form->name};
    struct buf body = {0};
    batch_begin(&limits, &body);
    buf_add(&body, json, len);
    batch_end(&body);
    batch_salt(&body, next_salt(client));
    bool good = session_call(&client->session, "/api/SyncData", &body, count,
                             reply, err);
    buf_release(&body);
    return good;
}

static bool get_record(void *argument, const struct form *form, const char *id,
                       size_t len, struct buf *reply, struct err *err)
{
    struct client *client = argument;
    struct buf body = {0};
    if (form->reads == NULL)
        return err_set(err, EXIT_SCRIPT, "%s has no form to read it back",
                       form->name);
    buf_puts(&body, "{\"form\":");
    json_cstring(&body, form->reads);
    buf_puts(&body, ",\"Id\":");
    json_string(&body, id, len);
    buf_putc(&body, '}');
    bool good =
        session_call(&client->session, "/api/GetData", &body, 0, reply, err);
    buf_release(&body);
    return good;
}

struct script_client *client_new(const struct config *config, struct err *err)
{
    struct client *client = mem_zero(1, sizeof *client);
    client->face = (struct script_client){
        .client = client, .sync = sync_records, .get = get_record};
    if (session_open(&client->session, config, &client->ledger, err))
        return &client->face;
    client_free(&client->face);
    return NULL;
}

void client_free(struct script_client *face)
{
    if (face == NULL)
        return;
    struct client *client = face->client;
    session_close(&client->session);
    free(client);
}
