/* calls.c: a table of calls that a converter of other people's data never
 * makes, and the filter that is made of it.
 *
 * It lets all pass that is not named: which calls libraries need is theirs to
 * change. It refuses with EPERM, so that who tries goes on without. */
#define _GNU_SOURCE /* syscall */
#include "calls.h"

#include <errno.h>

#ifdef __linux__
#if defined __x86_64__ && !defined __ILP32__
#define MACHINE 0xc000003e /* AUDIT_ARCH_X86_64 */
#elif defined __aarch64__ && !defined __ILP32__ && !defined __AARCH64EB__
#define MACHINE 0xc00000b7 /* AUDIT_ARCH_AARCH64 */
#endif
#endif

#ifdef MACHINE

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sanitized.h"

#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif

static const uint32_t refused[] = {
    /* clang-format off */
    /* Programs, and other processes. */
    SYS_execve, SYS_execveat, SYS_process_vm_readv, SYS_process_vm_writev,
    SYS_process_madvise, SYS_pidfd_getfd, SYS_kcmp,
#ifndef SANITIZED /* their search for leaks stops threads by it */
    SYS_ptrace,
#endif
    /* Other views of files, users and the network. */
    SYS_unshare, SYS_setns, SYS_chroot, SYS_pivot_root, SYS_mount, SYS_umount2,
    SYS_mount_setattr, SYS_move_mount, SYS_open_tree, SYS_fsopen, SYS_fsconfig,
    SYS_fsmount, SYS_fspick, SYS_open_by_handle_at, SYS_quotactl, SYS_swapon,
    SYS_swapoff, SYS_acct,
    /* Parts of the kernel that have let many in. */
    SYS_bpf, SYS_userfaultfd, SYS_perf_event_open, SYS_io_uring_setup,
    SYS_io_uring_enter, SYS_io_uring_register, SYS_add_key, SYS_request_key,
    SYS_keyctl, SYS_init_module, SYS_finit_module, SYS_delete_module,
    SYS_kexec_load, SYS_kexec_file_load, SYS_reboot, SYS_syslog,
    /* The machine's name and clock. */
    SYS_sethostname, SYS_setdomainname, SYS_settimeofday, SYS_clock_settime,
    SYS_adjtimex, SYS_clock_adjtime,
#ifdef __x86_64__
    SYS_iopl, SYS_ioperm, SYS_modify_ldt,
#endif
    /* clang-format on */
};

/* Refused by an argument: where it is `value`, has a bit of it, is another. */
static const struct argued {
    uint32_t call, which;
    enum { IS, HAS, IS_NOT } test;
    uint32_t value;
} argued[] = {
    {SYS_ioctl, 1, IS, 0x5412},               /* TIOCSTI types for us */
    {SYS_ioctl, 1, IS, 0x541c},               /* TIOCLINUX, the same */
    {SYS_clone, 0, HAS, 0x7e020000},          /* CLONE_NEW…, as unshare */
    {SYS_personality, 0, IS_NOT, 0xffffffff}, /* which only asks */
};

enum {
    REFUSED = sizeof refused / sizeof *refused,
    ARGUED = sizeof argued / sizeof *argued,
    ROOM = 2 * REFUSED + 5 * ARGUED + 16,
};

struct filter {
    struct sock_filter all[ROOM];
    unsigned short count;
};

static void put(struct filter *filter, int code, uint32_t value, uint8_t yes,
                uint8_t no)
{
    filter->all[filter->count++] = (struct sock_filter){
        .code = (uint16_t)code, .jt = yes, .jf = no, .k = value};
}

static void load(struct filter *filter, size_t offset)
{
    put(filter, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void load_call(struct filter *filter)
{
    load(filter, offsetof(struct seccomp_data, nr));
}

static void refuse(struct filter *filter, uint32_t code)
{
    put(filter, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | code, 0, 0);
}

static void refuse_call(struct filter *filter, uint32_t call, uint32_t code)
{
    put(filter, BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1);
    refuse(filter, code);
}

/* The lower half of an argument lies first on both machines, and is all that
 * these calls look at. */
static void refuse_argued(struct filter *filter, const struct argued *row)
{
    size_t args = offsetof(struct seccomp_data, args);
    put(filter, BPF_JMP | BPF_JEQ | BPF_K, row->call, 0, 4);
    load(filter, args + row->which * sizeof(uint64_t));
    put(filter, BPF_JMP | (row->test == HAS ? BPF_JSET : BPF_JEQ) | BPF_K,
        row->value, row->test == IS_NOT, row->test != IS_NOT);
    refuse(filter, EPERM);
    load_call(filter);
}

static void make_filter(struct filter *filter)
{
    filter->count = 0;
    /* The calls of other machines have other numbers. */
    load(filter, offsetof(struct seccomp_data, arch));
    put(filter, BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0);
    refuse(filter, EPERM);
    load_call(filter);
#ifdef __x86_64__
    /* x32: all of them once more, with a bit of its own. */
    put(filter, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
    refuse(filter, EPERM);
#endif
    for (size_t i = 0; i < REFUSED; i++)
        refuse_call(filter, refused[i], EPERM);
    for (size_t i = 0; i < ARGUED; i++)
        refuse_argued(filter, &argued[i]);
    /* Its arguments lie in memory, where they cannot be looked at; the C
     * library makes its threads by clone then. */
    refuse_call(filter, SYS_clone3, ENOSYS);
    put(filter, BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
}

bool confine_calls(void)
{
    struct filter filter;
    make_filter(&filter);
    const struct sock_fprog program = {filter.count, filter.all};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                   SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
}

#else

bool confine_calls(void)
{
    errno = 0;
    return false;
}

#endif
