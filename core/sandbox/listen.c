/* listen.c: a listening socket at HOST:PORT, made here rather than by the HTTP
 * library so that an address in use is said as such, and before anything
 * starts. */
#include "listen.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sandbox.h"

static bool is_port(const char *text)
{
    size_t len = strspn(text, "0123456789");
    return len > 0 && len <= 5 && text[len] == '\0' &&
           strtol(text, NULL, 10) <= 65535;
}

/* Takes "host:port", "[v6]:port" apart. */
static bool split(const char *where, char host[64], char port[16],
                  struct err *err)
{
    /* The last colon: an IPv6 address in brackets has its own. */
    const char *colon = strrchr(where, ':');
    size_t len = colon != NULL ? (size_t)(colon - where) : 0;
    const char *start = where;
    if (len >= 2 && where[0] == '[' && where[len - 1] == ']') {
        start++;
        len -= 2;
    }
    if (len == 0 || len >= 64 || !is_port(colon + 1))
        return err_set(err, EXIT_USAGE,
                       "%s: no address to listen on; write HOST:PORT, as in "
                       "%s",
                       where, SANDBOX_LISTEN);
    memcpy(host, start, len);
    host[len] = '\0';
    snprintf(port, 16, "%s", colon + 1);
    return true;
}

/* Port 0 asks for any free one; only the socket knows which it became. */
static bool name_it(int file, const char *host, char url[128])
{
    struct sockaddr_storage address;
    socklen_t len = sizeof address;
    if (getsockname(file, (struct sockaddr *)&address, &len) != 0)
        return false;
    bool v6 = address.ss_family == AF_INET6;
    unsigned port = v6 ? ((struct sockaddr_in6 *)&address)->sin6_port
                       : ((struct sockaddr_in *)&address)->sin_port;
    snprintf(url, 128, "http://%s%s%s:%u", v6 ? "[" : "", host, v6 ? "]" : "",
             (unsigned)ntohs((uint16_t)port));
    return true;
}

static int open_socket(const struct addrinfo *address, const char *host,
                       char url[128])
{
    int yes = 1;
    int file = socket(address->ai_family, SOCK_STREAM, 0);
    if (file < 0)
        return -1;
    /* A sandbox that is started again at once finds its address free. */
    setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (fcntl(file, F_SETFD, FD_CLOEXEC) == 0 &&
        bind(file, address->ai_addr, address->ai_addrlen) == 0 &&
        listen(file, 128) == 0 && name_it(file, host, url))
        return file;
    /* close may set it anew. */
    int kept = errno;
    close(file);
    errno = kept;
    return -1;
}

int listen_on(const char *where, char url[128], struct err *err)
{
    char host[64], port[16];
    struct addrinfo wanted = {.ai_family = AF_UNSPEC,
                              .ai_socktype = SOCK_STREAM,
                              .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    if (!split(where, host, port, err))
        return -1;
    int result = getaddrinfo(host, port, &wanted, &found);
    if (result != 0) {
        err_set(err, EXIT_USAGE, "%s: %s", where, gai_strerror(result));
        return -1;
    }
    int file = open_socket(found, host, url);
    if (file < 0)
        err_set(err, EXIT_USAGE, "cannot listen on %s: %s", where,
                strerror(errno));
    freeaddrinfo(found);
    return file;
}
