/* countserver [MILLISECONDS]: a server that only counts.
 *
 * Answers getToken and SyncData on a loopback port of its own choosing, which
 * is the first line it prints, each answer after so many milliseconds without
 * holding up the others. Bodies are not kept: a record is an opening brace
 * beside the envelope's, which holds as long as no text has one. On SIGTERM it
 * prints what it counted. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 64, HEAD = 16384, PIECE = 1 << 18 };

struct connection {
    int socket; /* -1: free */
    char head[HEAD];
    size_t head_len;
    bool in_body, is_token;
    size_t left;      /* bytes of the body still to come */
    uint64_t records; /* opening braces of it */
    int64_t due;      /* when to answer; 0: no answer is due */
};

static struct connection all[MOST];
static uint64_t requests, records, bytes, tokens;
static int64_t latency; /* nanoseconds */
static volatile sig_atomic_t stopped;

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void hang_up(struct connection *c)
{
    close(c->socket);
    c->socket = -1;
}

static void reply(struct connection *c)
{
    char body[256], text[512];
    int len;
    if (c->is_token)
        len =
            snprintf(body, sizeof body,
                     "{\"success\":true,\"code\":200,\"messages\":\"Success\","
                     "\"token\":{\"accesstoken\":\"counted\","
                     "\"expires\":\"2099-01-01T00:00:00Z\"}}");
    else
        len = snprintf(body, sizeof body,
                       "{\"success\":true,\"messages\":\"SUCCESS\","
                       "\"records\":%llu,\"fkey\":\"key_%llu\",\"code\":200}",
                       (unsigned long long)c->records - 1,
                       (unsigned long long)requests);
    len = snprintf(text, sizeof text,
                   "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                   "Content-Length: %d\r\n\r\n%s",
                   len, body);
    c->due = 0;
    c->in_body = false;
    if (write(c->socket, text, (size_t)len) != len)
        hang_up(c);
}

static void end_request(struct connection *c)
{
    if (c->is_token) {
        tokens++;
    } else {
        requests++;
        records += c->records - 1;
    }
    c->due = now() + latency;
    if (latency == 0)
        reply(c);
}

static void take_body(struct connection *c, const char *at, size_t len)
{
    uint32_t braces = 0;
    for (size_t i = 0; i < len; i++)
        braces += at[i] == '{';
    c->records += braces;
    c->left -= len;
    bytes += len;
    if (c->left == 0)
        end_request(c);
}

/* The value of a header line, or NULL. */
static const char *header(const struct connection *c, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = strstr(c->head, "\r\n"); at != NULL;
         at = strstr(at + 2, "\r\n"))
        if (strncasecmp(at + 2, name, len) == 0 && at[2 + len] == ':')
            return at + 3 + len;
    return NULL;
}

static void take_head(struct connection *c)
{
    char *end = strstr(c->head, "\r\n\r\n");
    if (end == NULL) {
        if (c->head_len == HEAD - 1)
            hang_up(c);
        return;
    }
    size_t rest = c->head_len - (size_t)(end + 4 - c->head);
    *end = '\0';
    const char *length = header(c, "Content-Length");
    const char *expect = header(c, "Expect");
    static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
    if (expect != NULL && write(c->socket, go_on, sizeof go_on - 1) < 0)
        perror("write");
    c->is_token = strstr(c->head, "/api/getToken ") != NULL;
    c->in_body = true;
    c->left = length != NULL ? strtoul(length, NULL, 10) : 0;
    c->records = 0;
    c->head_len = 0;
    take_body(c, end + 4, rest < c->left ? rest : c->left);
}

static void take(struct connection *c)
{
    static char piece[PIECE];
    char *to = piece;
    size_t room = c->left < PIECE ? c->left : PIECE;
    if (!c->in_body) {
        to = c->head + c->head_len;
        room = HEAD - 1 - c->head_len;
    }
    ssize_t got = read(c->socket, to, room);
    if (got <= 0) {
        hang_up(c);
    } else if (c->in_body) {
        take_body(c, piece, (size_t)got);
    } else {
        c->head_len += (size_t)got;
        c->head[c->head_len] = '\0';
        take_head(c);
    }
}

static void greet(int listener)
{
    int on = 1;
    int new = accept(listener, NULL, NULL);
    for (int i = 0; i < MOST && new >= 0; i++) {
        if (all[i].socket < 0) {
            all[i] = (struct connection){.socket = new};
            setsockopt(new, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            return;
        }
    }
    if (new >= 0)
        close(new);
}

/* Waits for bytes or for the next answer that is due. */
static void turn(int listener)
{
    fd_set ready;
    int64_t time = now(), soonest = time + 200000000;
    struct timespec wait;
    FD_ZERO(&ready);
    FD_SET(listener, &ready);
    int highest = listener;
    for (struct connection *c = all; c < all + MOST; c++) {
        if (c->socket < 0)
            continue;
        if (c->due != 0)
            soonest = c->due < soonest ? c->due : soonest;
        else
            FD_SET(c->socket, &ready);
        highest = c->socket > highest ? c->socket : highest;
    }
    int64_t left = soonest > time ? soonest - time : 0;
    wait.tv_sec = (time_t)(left / 1000000000);
    wait.tv_nsec = (long)(left % 1000000000);
    int got = pselect(highest + 1, &ready, NULL, NULL, &wait, NULL);
    time = now();
    for (struct connection *c = all; c < all + MOST; c++) {
        if (c->socket < 0)
            continue;
        if (c->due != 0 && c->due <= time)
            reply(c);
        else if (got > 0 && FD_ISSET(c->socket, &ready))
            take(c);
    }
    if (got > 0 && FD_ISSET(listener, &ready))
        greet(listener);
}

int main(int argc, char **argv)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t len = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    latency = (argc > 1 ? strtol(argv[1], NULL, 10) : 0) * INT64_C(1000000);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (listener < 0 ||
        bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listener, MOST) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &len) != 0) {
        perror("countserver");
        return 1;
    }
    struct sigaction action = {.sa_handler = stop};
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    for (int i = 0; i < MOST; i++)
        all[i].socket = -1;
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    while (!stopped)
        turn(listener);
    printf("%llu requests %llu records %llu bytes %llu tokens\n",
           (unsigned long long)requests, (unsigned long long)records,
           (unsigned long long)bytes, (unsigned long long)tokens);
    return 0;
}
