/* send.c: how an answer goes out: whole; or, as faults want it, cut, reset, or
 * not at all. */
#include "send.h"

#include <fcntl.h>
#include <microhttpd.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"

static bool queue_response(struct MHD_Connection *connection,
                           const struct fast_answer *answer,
                           struct MHD_Response *response)
{
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                            answer->page ? "text/html; charset=utf-8"
                                         : "application/json; charset=utf-8");
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL,
                            "no-store");
    if (answer->retry_after[0] != '\0')
        MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER,
                                answer->retry_after);
    enum MHD_Result result =
        MHD_queue_response(connection, answer->status, response);
    MHD_destroy_response(response);
    return result == MHD_YES;
}

static bool send_whole(struct MHD_Connection *connection,
                       struct fast_answer *answer, int stopped)
{
    size_t len;
    (void)stopped;
    buf_text(&answer->body);
    /* libmicrohttpd frees it once the last byte is out. */
    char *body = buf_detach(&answer->body, &len);
    struct MHD_Response *response =
        MHD_create_response_from_buffer(len, body, MHD_RESPMEM_MUST_FREE);
    if (response == NULL) {
        free(body);
        return false;
    }
    return queue_response(connection, answer, response);
}

static ssize_t read_half(void *of, uint64_t at, char *out, size_t max)
{
    const struct buf *body = of;
    /* Half of it, then an end with an error: the library closes the
     * connection, and the client misses what the length promised. */
    size_t half = body->len / 2;
    if (at >= half)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    size_t len = half - (size_t)at;
    len = len < max ? len : max;
    memcpy(out, body->at + at, len);
    return (ssize_t)len;
}

static void free_body(void *of)
{
    struct buf *body = of;
    buf_release(body);
    free(body);
}

/* The length is the whole body's; what comes is half of it. */
static bool send_cut(struct MHD_Connection *connection,
                     struct fast_answer *answer, int stopped)
{
    (void)stopped;
    struct buf *body = mem_zero(1, sizeof *body);
    *body = answer->body;
    answer->body = (struct buf){0};
    struct MHD_Response *response = MHD_create_response_from_callback(
        body->len, 4096, read_half, body, free_body);
    if (response == NULL) {
        free_body(body);
        return false;
    }
    return queue_response(connection, answer, response);
}

static int socket_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info != NULL ? info->connect_fd : -1;
}

/* A socket that lingers for no time is reset when it is closed. It is closed
 * here, by putting one that was never connected in its place: the library
 * would shut it down in good order first, and the client would see an end
 * instead of a reset. */
static bool send_reset(struct MHD_Connection *connection,
                       struct fast_answer *answer, int stopped)
{
    int file = socket_of(connection);
    int other = file < 0 ? -1 : socket(AF_INET, SOCK_STREAM, 0);
    struct linger at_once = {.l_onoff = 1};
    (void)stopped;
    buf_release(&answer->body);
    if (other < 0)
        return false;
    setsockopt(file, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    fcntl(other, F_SETFL, O_NONBLOCK);
    if (dup2(other, file) == file)
        fcntl(file, F_SETFD, FD_CLOEXEC);
    close(other);
    return false;
}

/* Until the sandbox stops or the client goes. What a client still sends is no
 * sign of that; after it only a broken connection is. */
static bool send_nothing(struct MHD_Connection *connection,
                         struct fast_answer *answer, int stopped)
{
    struct pollfd files[] = {
        {.fd = stopped, .events = POLLIN},
        {.fd = socket_of(connection), .events = POLLIN},
    };
    buf_release(&answer->body);
    while (poll(files, 2, -1) >= 0 && files[0].revents == 0) {
        char byte;
        if (files[1].revents & (POLLHUP | POLLERR | POLLNVAL) ||
            recv(files[1].fd, &byte, 1, MSG_PEEK) <= 0)
            break;
        /* It has sent something: from here on only a broken connection
         * counts, which poll reports unasked. */
        files[1].events = 0;
    }
    return false;
}

static bool (*const ends[])(struct MHD_Connection *connection,
                            struct fast_answer *answer, int stopped) = {
    [END_SENT] = send_whole,
    [END_CUT] = send_cut,
    [END_RESET] = send_reset,
    [END_HANG] = send_nothing,
};

bool send_answer(struct MHD_Connection *connection, struct fast_answer *answer,
                 int stopped)
{
    return ends[answer->end](connection, answer, stopped);
}
