/* mock.h: a small HTTP server in a thread, for tests of what sends.
 *
 * Each connection has a thread of its own; each request is given, under one
 * lock, to the test's `answer`, which fills in a status and a body and may ask
 * for a delay, or for the connection to be dropped. Loopback alone. */
#ifndef FASTSYNC_TESTS_MOCK_H
#define FASTSYNC_TESTS_MOCK_H

#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"

enum { MOCK_CONNECTIONS = 256, MOCK_REQUESTS = 4096 };

struct mock_request {
    char path[64];
    char token[64]; /* of the Authorization header */
    char *body;
    size_t len;
    unsigned records; /* objects in `data`, as far as '{' tells */
};

struct mock_answer {
    int status;
    char headers[256]; /* each with its CRLF */
    struct buf body;
    unsigned delay_ms;
    bool drop;     /* no answer: the connection ends */
    bool truncate; /* half an answer */
};

struct mock {
    int listener, port;
    pthread_t acceptor, threads[MOCK_CONNECTIONS];
    int sockets[MOCK_CONNECTIONS];
    unsigned connections;
    pthread_mutex_t lock;
    void (*answer)(struct mock *mock, const struct mock_request *request,
                   struct mock_answer *answer);
    struct mock_request requests[MOCK_REQUESTS]; /* all, in order */
    unsigned count;
    unsigned flying, most_flying; /* SyncData requests at once */
    unsigned tokens;              /* given by mock_fast */
    bool stopping;
};

/* A Fast that takes everything: the usual part of an `answer`. */
static inline void mock_fast(struct mock *mock,
                             const struct mock_request *request,
                             struct mock_answer *answer)
{
    answer->status = 200;
    if (strcmp(request->path, "/api/getToken") == 0)
        buf_addf(&answer->body,
                 "{\"success\":true,\"code\":200,\"messages\":\"Success\","
                 "\"token\":{\"accesstoken\":\"token-%u\",\"expires\":"
                 "\"2999-01-01T00:00:00Z\"}}",
                 ++mock->tokens);
    else
        buf_addf(&answer->body,
                 "{\"success\":true,\"messages\":\"SUCCESS\",\"records\":%u,"
                 "\"fkey\":\"key_%u\",\"code\":200}",
                 request->records, mock->count);
}

static inline void mock_say(struct mock_answer *answer, int status,
                            const char *body)
{
    answer->status = status;
    buf_clear(&answer->body);
    buf_puts(&answer->body, body);
}

/* The value of a header, up to its line's end; NULL where there is none. */
static inline const char *mock_header(const char *head, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = strstr(head, "\r\n"); at != NULL;
         at = strstr(at + 2, "\r\n"))
        if (strncasecmp(at + 2, name, len) == 0 && at[2 + len] == ':')
            return at + 3 + len + strspn(at + 3 + len, " ");
    return NULL;
}

/* Reads one request; false at the connection's end. */
static inline bool mock_read(int socket, struct buf *in,
                             struct mock_request *request)
{
    char *end;
    for (;;) {
        buf_text(in);
        end = in->len > 0 ? strstr(in->at, "\r\n\r\n") : NULL;
        if (end != NULL)
            break;
        ssize_t got = read(socket, buf_reserve(in, 65536), 65536);
        if (got <= 0)
            return false;
        in->len += (size_t)got;
    }
    size_t head = (size_t)(end + 4 - in->at);
    const char *length = mock_header(in->at, "Content-Length");
    size_t body = length ? (size_t)atol(length) : 0;
    const char *token = mock_header(in->at, "Authorization");
    *request = (struct mock_request){.len = body};
    sscanf(in->at, "%*s %63s", request->path);
    if (token != NULL)
        sscanf(token, "%63[^\r]", request->token);
    while (in->len < head + body) {
        ssize_t got = read(socket, buf_reserve(in, 65536), 65536);
        if (got <= 0)
            return false;
        in->len += (size_t)got;
    }
    request->body = malloc(body + 1);
    memcpy(request->body, in->at + head, body);
    request->body[body] = '\0';
    for (size_t i = 1; i < body; i++)
        request->records += request->body[i] == '{';
    memmove(in->at, in->at + head + body, in->len - head - body);
    in->len -= head + body;
    return true;
}

static inline void mock_write(int socket, const struct mock_answer *answer)
{
    struct buf out = {0};
    buf_addf(&out,
             "HTTP/1.1 %d Mock\r\nContent-Length: %zu\r\nContent-Type: "
             "application/json\r\n%s\r\n",
             answer->status, answer->body.len, answer->headers);
    buf_add(&out, answer->body.at,
            answer->truncate ? answer->body.len / 2 : answer->body.len);
    for (size_t at = 0; at < out.len;) {
        ssize_t done = send(socket, out.at + at, out.len - at, MSG_NOSIGNAL);
        if (done <= 0)
            break;
        at += (size_t)done;
    }
    buf_release(&out);
}

/* What a connection's thread is given. */
struct mock_connection {
    struct mock *mock;
    int socket;
};

static inline void mock_serve(struct mock *mock, int socket, struct buf *in)
{
    struct mock_request request;
    bool open = true;
    while (open && mock_read(socket, in, &request)) {
        bool sync = strcmp(request.path, "/api/SyncData") == 0;
        struct mock_answer answer = {0};
        pthread_mutex_lock(&mock->lock);
        ck_assert_uint_lt(mock->count, MOCK_REQUESTS);
        mock->requests[mock->count++] = request;
        mock->flying += sync;
        if (mock->flying > mock->most_flying)
            mock->most_flying = mock->flying;
        mock->answer(mock, &request, &answer);
        pthread_mutex_unlock(&mock->lock);
        struct timespec delay = {answer.delay_ms / 1000,
                                 answer.delay_ms % 1000 * 1000000L};
        if (answer.delay_ms > 0)
            nanosleep(&delay, NULL);
        pthread_mutex_lock(&mock->lock);
        mock->flying -= sync;
        pthread_mutex_unlock(&mock->lock);
        if (!answer.drop)
            mock_write(socket, &answer);
        open = !answer.drop && !answer.truncate;
        buf_release(&answer.body);
    }
}

static inline void *mock_connection(void *argument)
{
    struct mock_connection connection = *(struct mock_connection *)argument;
    struct buf in = {0};
    free(argument);
    mock_serve(connection.mock, connection.socket, &in);
    shutdown(connection.socket, SHUT_RDWR);
    buf_release(&in);
    return NULL;
}

static inline void *mock_accept(void *argument)
{
    struct mock *mock = argument;
    for (;;) {
        int socket = accept(mock->listener, NULL, NULL);
        if (socket < 0)
            return NULL;
        pthread_mutex_lock(&mock->lock);
        bool stopping = mock->stopping;
        unsigned number = mock->connections;
        if (!stopping && number < MOCK_CONNECTIONS) {
            struct mock_connection *connection = malloc(sizeof *connection);
            *connection = (struct mock_connection){mock, socket};
            mock->sockets[number] = socket;
            mock->connections++;
            pthread_create(&mock->threads[number], NULL, mock_connection,
                           connection);
        } else {
            close(socket);
        }
        pthread_mutex_unlock(&mock->lock);
        if (stopping)
            return NULL;
    }
}

static inline struct mock *mock_start(void (*answer)(
    struct mock *, const struct mock_request *, struct mock_answer *))
{
    struct mock *mock = calloc(1, sizeof *mock);
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t len = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    mock->answer = answer;
    pthread_mutex_init(&mock->lock, NULL);
    mock->listener = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_ge(mock->listener, 0);
    ck_assert_int_eq(
        bind(mock->listener, (struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(mock->listener, 64), 0);
    getsockname(mock->listener, (struct sockaddr *)&address, &len);
    mock->port = ntohs(address.sin_port);
    pthread_create(&mock->acceptor, NULL, mock_accept, mock);
    return mock;
}

static inline void mock_stop(struct mock *mock)
{
    pthread_mutex_lock(&mock->lock);
    mock->stopping = true;
    pthread_mutex_unlock(&mock->lock);
    shutdown(mock->listener, SHUT_RDWR);
    pthread_join(mock->acceptor, NULL);
    close(mock->listener);
    for (unsigned i = 0; i < mock->connections; i++) {
        shutdown(mock->sockets[i], SHUT_RDWR);
        pthread_join(mock->threads[i], NULL);
        close(mock->sockets[i]);
    }
    for (unsigned i = 0; i < mock->count; i++)
        free(mock->requests[i].body);
    pthread_mutex_destroy(&mock->lock);
    free(mock);
}

/* How many requests of this path there were. */
static inline unsigned mock_count(struct mock *mock, const char *path)
{
    unsigned count = 0;
    pthread_mutex_lock(&mock->lock);
    for (unsigned i = 0; i < mock->count; i++)
        count += strcmp(mock->requests[i].path, path) == 0;
    pthread_mutex_unlock(&mock->lock);
    return count;
}

#endif
