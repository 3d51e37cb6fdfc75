/* server.c: the sandbox over HTTP: libmicrohttpd with a thread a connection,
 * so that a request that waits (for its latency, for the store) makes no other
 * wait. Whoever waits for latency or hangs looks at a pipe as well, whose end
 * stopping closes. */
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "answer.h"
#include "api.h"
#include "base/mem.h"
#include "listen.h"
#include "send.h"
#include "table.h"

enum { MAX_BODY = 64 << 20, MAX_CONNECTIONS = 512, IDLE_SECONDS = 300 };

/* Threads of connections share it; what changes in it locks itself. */
struct sandbox {
    struct fast fast;
    struct MHD_Daemon *daemon;
    char url[128];
    unsigned latency;
    int stopped[2]; /* a pipe; its second end closes when it stops */
};

/* A request while its body comes in. */
struct call {
    struct buf body;
    bool too_large;
};

/* Sleeps for the latency, unless the sandbox stops. */
static void wait_latency(struct sandbox *sandbox)
{
    struct pollfd stopped = {.fd = sandbox->stopped[0], .events = POLLIN};
    if (sandbox->latency > 0)
        poll(&stopped, 1, (int)sandbox->latency);
}

static void make_answer(struct sandbox *sandbox,
                        struct MHD_Connection *connection, struct call *call,
                        const char *method, const char *path,
                        struct fast_answer *answer)
{
    struct fast_request request = {
        /* HEAD is GET, and the library sends no body. */
        .method = strcmp(method, "HEAD") == 0 ? "GET" : method,
        .path = path,
        .authorization = MHD_lookup_connection_value(
            connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_AUTHORIZATION),
        .body = buf_text(&call->body),
        .len = call->body.len,
    };
    if (call->too_large)
        fast_say(answer, FAST_TOO_LARGE, "the body is too large");
    else
        fast_answer(&sandbox->fast, &request, answer);
    if (!answer->page)
        wait_latency(sandbox);
}

static enum MHD_Result take_request(void *cls,
                                    struct MHD_Connection *connection,
                                    const char *path, const char *method,
                                    const char *version, const char *part,
                                    size_t *part_len, void **state)
{
    struct sandbox *sandbox = cls;
    struct call *call = *state;
    (void)version;
    /* The library calls once for the headers, then for each piece of the
     * body, then once without any: that is when the answer is made. */
    if (call == NULL) {
        *state = mem_zero(1, sizeof *call);
        return MHD_YES;
    }
    if (*part_len > 0) {
        /* Read to its end all the same, but not kept: a client that is still
         * writing would not see an answer. */
        call->too_large |= call->body.len + *part_len > MAX_BODY;
        if (!call->too_large)
            buf_add(&call->body, part, *part_len);
        *part_len = 0;
        return MHD_YES;
    }
    struct fast_answer answer = {0};
    make_answer(sandbox, connection, call, method, path, &answer);
    return send_answer(connection, &answer, sandbox->stopped[0]) ? MHD_YES
                                                                 : MHD_NO;
}

static void end_request(void *cls, struct MHD_Connection *connection,
                        void **state, enum MHD_RequestTerminationCode why)
{
    struct call *call = *state;
    (void)cls;
    (void)connection;
    (void)why;
    if (call == NULL)
        return;
    buf_release(&call->body);
    free(call);
    *state = NULL;
}

static bool open_pipe(struct sandbox *sandbox, struct err *err)
{
    if (pipe(sandbox->stopped) != 0) {
        sandbox->stopped[0] = sandbox->stopped[1] = -1;
        return err_set(err, EXIT_FAULT, "the sandbox cannot start: %s",
                       strerror(errno));
    }
    fcntl(sandbox->stopped[0], F_SETFD, FD_CLOEXEC);
    fcntl(sandbox->stopped[1], F_SETFD, FD_CLOEXEC);
    return true;
}

static bool init_fast(struct fast *fast, const struct sandbox_options *options,
                      struct err *err)
{
    bool named = options->username != NULL;
    unsigned ttl =
        options->token_ttl != 0 ? options->token_ttl : SANDBOX_TOKEN_TTL;
    fast->username = mem_text(named ? options->username : SANDBOX_USER);
    fast->password =
        mem_text(named && options->password != NULL ? options->password
                                                    : SANDBOX_PASSWORD);
    fast->deny = options->deny != NULL ? mem_text(options->deny) : NULL;
    fast->max_batch = options->max_batch;
    tokens_init(&fast->tokens, ttl, options->seed);
    if (!fault_dice_init(&fast->faults, options->faults, options->fault_count,
                         options->seed, err))
        return false;
    fast->store = store_open(options->file, err);
    return fast->store != NULL;
}

/* Its threads take no signals: those are for whoever started the sandbox. */
static bool serve(struct sandbox *sandbox, const char *where, struct err *err)
{
    sigset_t all, before;
    int file = listen_on(where, sandbox->url, err);
    if (file < 0)
        return false;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    sandbox->daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION |
            MHD_USE_AUTO,
        0, NULL, NULL, take_request, sandbox, MHD_OPTION_LISTEN_SOCKET, file,
        MHD_OPTION_NOTIFY_COMPLETED, end_request, NULL,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)MAX_CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_END);
    int reason = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (sandbox->daemon != NULL)
        return true;
    /* The socket has been closed by then. */
    return err_set(
        err, EXIT_FAULT,
        "the sandbox's HTTP server cannot start: %s; is there a limit on "
        "processes (ulimit -u)?",
        strerror(reason));
}

struct sandbox *sandbox_start(const struct sandbox_options *options,
                              struct err *err)
{
    struct sandbox *sandbox = mem_zero(1, sizeof *sandbox);
    const char *where =
        options->listen != NULL ? options->listen : "127.0.0.1:0";
    sandbox->latency = options->latency;
    bool piped = open_pipe(sandbox, err);
    if (init_fast(&sandbox->fast, options, err) && piped &&
        serve(sandbox, where, err))
        return sandbox;
    sandbox_stop(sandbox);
    return NULL;
}

void sandbox_stop(struct sandbox *sandbox)
{
    if (sandbox == NULL)
        return;
    /* First: whoever waits for latency, or hangs, goes on, and the library
     * can join its threads. */
    if (sandbox->stopped[1] >= 0)
        close(sandbox->stopped[1]);
    if (sandbox->daemon != NULL)
        MHD_stop_daemon(sandbox->daemon);
    if (sandbox->stopped[0] >= 0)
        close(sandbox->stopped[0]);
    store_close(sandbox->fast.store);
    tokens_release(&sandbox->fast.tokens);
    fault_dice_release(&sandbox->fast.faults);
    free(sandbox->fast.username);
    free(sandbox->fast.password);
    free(sandbox->fast.deny);
    free(sandbox);
}

const char *sandbox_url(const struct sandbox *sandbox)
{
    return sandbox->url;
}

const char *sandbox_username(const struct sandbox *sandbox)
{
    return sandbox->fast.username;
}

const char *sandbox_password(const struct sandbox *sandbox)
{
    return sandbox->fast.password;
}

struct sandbox_counts sandbox_counts(struct sandbox *sandbox)
{
    struct sandbox_counts counts = {0};
    struct err err;
    if (store_begin(sandbox->fast.store, &err)) {
        counts = store_counts(sandbox->fast.store);
        store_end(sandbox->fast.store, false, &err);
    }
    return counts;
}

uint64_t sandbox_customers(struct sandbox *sandbox)
{
    return sandbox_counts(sandbox).customers;
}

void sandbox_table(struct sandbox *sandbox, unsigned max, struct buf *out)
{
    struct err err;
    if (!store_begin(sandbox->fast.store, &err))
        return;
    fast_table(sandbox->fast.store, max, out);
    store_end(sandbox->fast.store, false, &err);
}
