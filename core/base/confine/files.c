/* files.c: a table of places that libraries read, and Landlock, which is told
 * of them and of those that were granted.
 *
 * It has no wrappers in the C library, and the headers may be older than the
 * kernel: what it takes is written down here. What a kernel does not know it is
 * not asked for. */
#define _GNU_SOURCE /* O_PATH, syscall */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "sanitized.h"

#ifdef __linux__

#include <sys/syscall.h>

/* Landlock's numbers, as the kernel has them for all time. */

enum {
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_DIR = 1 << 3,
    REMOVE_FILE = 1 << 5,
    MAKE_DIR = 1 << 7,
    MAKE_REG = 1 << 8,
    TRUNCATE = 1 << 14,

    READS = READ_FILE | READ_DIR,
    WRITES = READS | WRITE_FILE | TRUNCATE | REMOVE_FILE | MAKE_DIR | MAKE_REG,
    OF_A_FILE = READ_FILE | WRITE_FILE | TRUNCATE,

    VERSION = 1, /* the flag that asks for it */
    BENEATH = 1, /* the kind of rule */
    SCOPES = 3,  /* abstract sockets and signals of others; from 6 on */
};

struct ruleset {
    uint64_t files, network, scopes;
};

struct rule {
    uint64_t allowed;
    int32_t fd;
} __attribute__((packed));

/* The same on all machines, but for one that has none. */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule       445
#define SYS_landlock_restrict_self  446
#endif

/* By version, from 1: all rights to files that it knows. */
static uint64_t known_rights(int version)
{
    static const unsigned char bits[] = {13, 14, 15, 15, 16};
    int last = (int)sizeof bits;
    return (UINT64_C(1) << bits[(version < last ? version : last) - 1]) - 1;
}

/* What libraries read: their own files, certificates, names of hosts and users,
 * time zones, character sets, drivers, their settings. */
static const char *const library_reads[] = {
    /* clang-format off */
    "/etc", "/usr", "/opt", "/lib", "/lib32", "/lib64", "/libx32",
    "/nix/store", "/gnu/store", "/run/current-system", "/run/systemd/resolve",
    "/run/resolvconf", "/run/NetworkManager", "/run/connman", "/run/netconfig",
    "/run/nscd", "/var/run/nscd", "/var/cache/nscd", "/var/lib/sss",
    "/var/lib/extrausers", "/run/systemd/userdb",
    "/var/lib/ca-certificates", "/dev/null", "/dev/zero", "/dev/full",
    "/dev/random", "/dev/urandom", "/dev/tty", "/proc/sys", "/proc/cpuinfo",
    "/proc/meminfo", "/proc/stat", "/sys/devices/system/cpu",
    /* As links these lead to anywhere: on WSL to /mnt. */
    "/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/localtime",
    "/etc/ssl/certs", "/etc/ssl/cert.pem",
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
#ifdef SANITIZED
    "/proc", "/sys",
#endif
    NULL
    /* clang-format on */
};

static const char *const library_writes[] = {"/dev/null", "/dev/full",
                                             "/dev/tty", NULL};

/* Below $HOME. */
static const char *const home_reads[] = {".odbc.ini", ".odbcinst.ini", NULL};

/* Variables by which a person leads libraries to other places: a path, or
 * several with colons between. */
static const char *const variables[] = {
    /* clang-format off */
    "SSL_CERT_FILE", "SSL_CERT_DIR", "NIX_SSL_CERT_FILE", "OPENSSL_CONF",
    "OPENSSL_MODULES", "CURL_CA_BUNDLE", "LD_LIBRARY_PATH", "LOCPATH",
    "GCONV_PATH", "TZ", "TZDIR", "HOSTALIASES", "ODBCINI", "ODBCSYSINI", "ODBCINSTINI", "FASTSYNC_LUA",
    NULL
    /* clang-format on */
};

static void allow(int ruleset, const char *path, uint64_t rights)
{
    struct stat status;
    struct rule rule = {.allowed = rights,
                        .fd = open(path, O_PATH | O_CLOEXEC)};
    if (rule.fd < 0)
        return;
    if (fstat(rule.fd, &status) == 0 && !S_ISDIR(status.st_mode))
        rule.allowed &= OF_A_FILE;
    /* Refused for what lies on no disk, such as a pipe: that stays free. */
    syscall(SYS_landlock_add_rule, ruleset, BENEATH, &rule, 0);
    close(rule.fd);
}

static void allow_named(int ruleset, const char *const *paths, uint64_t rights)
{
    for (; *paths != NULL; paths++)
        allow(ruleset, *paths, rights);
}

static void allow_variable(int ruleset, const char *name)
{
    const char *at = getenv(name);
    while (at != NULL && *at != '\0') {
        size_t len = strcspn(at, ":");
        char *path = mem_text_n(at, len);
        allow(ruleset, path, READS);
        free(path);
        at += len + (at[len] != '\0');
    }
}

static void allow_libraries(int ruleset, uint64_t known)
{
    const char *home = getenv("HOME");
    allow_named(ruleset, library_reads, READS);
    allow_named(ruleset, library_writes, WRITES & known);
    for (size_t i = 0; variables[i] != NULL; i++)
        allow_variable(ruleset, variables[i]);
    for (size_t i = 0; home != NULL && home_reads[i] != NULL; i++) {
        char *path = mem_format("%s/%s", home, home_reads[i]);
        allow(ruleset, path, READS);
        free(path);
    }
}

static void allow_paths(int ruleset, const struct confine_paths *paths,
                        uint64_t rights)
{
    for (size_t i = 0; i < paths->count; i++)
        allow(ruleset, paths->all[i], rights);
}

int confine_files(const struct confine *confine)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, VERSION);
    if (version <= 0)
        return 0;
    uint64_t known = known_rights((int)version);
    const struct ruleset rights = {.files = known, .scopes = SCOPES};
    /* A kernel takes as much of it as it knows. */
    size_t size = version >= 6 ? sizeof rights : sizeof rights.files;
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rights, size, 0);
    if (ruleset < 0)
        return 0;
    allow_libraries(ruleset, known);
    allow_paths(ruleset, &confine->reads, READS);
    allow_paths(ruleset, &confine->writes, WRITES & known);
    bool good = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    int kept = errno;
    close(ruleset);
    errno = kept;
    return good ? (int)version : 0;
}

#else

int confine_files(const struct confine *confine)
{
    (void)confine;
    errno = ENOSYS;
    return 0;
}

#endif
