/* fault.c: faults: the table of kinds, what a command line says of them, and
 * the draw. play.c reads the table's columns and asks for no kind by its name.
 */
#include "fault.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "chance.h"

#define BOTH (CALL_SYNC | CALL_GET)

#define FAULT_NAME(number, name) [number] = (name),
const char *const fault_names[FAULT_COUNT] = {FAULT_KINDS(FAULT_NAME)};
#undef FAULT_NAME

/* clang-format off */
const struct fault_type fault_types[FAULT_COUNT] = {
    /*                           for        work         status  retry  body          end */
    [FAULT_500]               = {CALL_ALL,  WORK_NONE,   500,    false, BODY_ERROR,   END_SENT},
    [FAULT_503]               = {CALL_ALL,  WORK_NONE,   503,    true,  BODY_ERROR,   END_SENT},
    [FAULT_429]               = {CALL_ALL,  WORK_NONE,   429,    true,  BODY_ERROR,   END_SENT},
    [FAULT_RESET]             = {CALL_ALL,  WORK_NONE,   0,      false, BODY_EMPTY,   END_RESET},
    [FAULT_HANG]              = {CALL_ALL,  WORK_CHANCE, 0,      false, BODY_EMPTY,   END_HANG},
    [FAULT_GARBAGE]           = {CALL_ALL,  WORK_CHANCE, 200,    false, BODY_GARBAGE, END_SENT},
    [FAULT_TRUNCATE]          = {CALL_ALL,  WORK_DONE,   0,      false, BODY_OWN,     END_CUT},
    [FAULT_EMPTY]             = {CALL_ALL,  WORK_CHANCE, 200,    false, BODY_EMPTY,   END_SENT},
    [FAULT_EXPIRE]            = {BOTH,      WORK_WRONG,  0,      false, BODY_OWN,     END_SENT},
    [FAULT_PARTIAL]           = {CALL_SYNC, WORK_WRONG,  0,      false, BODY_OWN,     END_SENT},
    [FAULT_COMMIT_THEN_RESET] = {CALL_SYNC, WORK_DONE,   0,      false, BODY_EMPTY,   END_RESET},
    [FAULT_COMMIT_THEN_500]   = {CALL_SYNC, WORK_DONE,   500,    false, BODY_ERROR,   END_SENT},
};
/* clang-format on */

static const struct {
    const char *name;
    unsigned call;
} calls[] = {
    {"getToken", CALL_TOKEN},
    {"SyncData", CALL_SYNC},
    {"GetData", CALL_GET},
    {"all", CALL_ALL},
};

enum { SINGLE_CALLS = 3, CALL_NAMES = 4 };

static bool same_word(const char *word, size_t len, const char *name)
{
    return strlen(name) == len && memcmp(word, name, len) == 0;
}

static bool read_kind(const char *word, size_t len, struct sandbox_fault *fault,
                      struct err *err)
{
    struct buf known = {0};
    for (int i = 0; i < FAULT_COUNT; i++) {
        if (same_word(word, len, fault_names[i])) {
            buf_release(&known);
            fault->kind = (enum fault_kind)i;
            return true;
        }
        buf_addf(&known, "%s%s", i > 0 ? ", " : "", fault_names[i]);
    }
    err_set(err, EXIT_USAGE, "there is no fault \"%.*s\" (known: %s)", (int)len,
            word, buf_text(&known));
    buf_release(&known);
    return false;
}

/* "0.01", "1%", "1". */
static bool read_rate(const char *word, size_t len, struct sandbox_fault *fault,
                      struct err *err)
{
    char number[32] = "";
    char *end = number;
    bool percent = len > 0 && word[len - 1] == '%';
    /* Copied, since the word goes on after it, and checked by its letters,
     * since strtod takes "inf" and "0x1" as well. */
    size_t digits = len - percent;
    if (digits > 0 && digits < sizeof number &&
        strspn(word, "0123456789.") == digits) {
        memcpy(number, word, digits);
        fault->rate = strtod(number, &end) / (percent ? 100 : 1);
    }
    if (end == number || *end != '\0' || fault->rate > 1)
        return err_set(err, EXIT_USAGE,
                       "the rate must be a number from 0 to 1, or from 0%% to "
                       "100%%");
    return true;
}

static bool read_call(const char *word, size_t len, struct sandbox_fault *fault,
                      struct err *err)
{
    for (int i = 0; i < CALL_NAMES; i++) {
        if (same_word(word, len, calls[i].name)) {
            fault->calls = calls[i].call;
            return true;
        }
    }
    return err_set(err, EXIT_USAGE,
                   "there is no call \"%.*s\" (known: getToken, SyncData, "
                   "GetData, all)",
                   (int)len, word);
}

bool fault_parse(const char *text, struct sandbox_fault *fault, struct err *err)
{
    size_t kind = strcspn(text, ":");
    const char *rate = text[kind] == ':' ? text + kind + 1 : NULL;
    *fault = (struct sandbox_fault){.calls = CALL_SYNC};
    if (rate == NULL)
        return err_set(err, EXIT_USAGE,
                       "write KIND:RATE[:CALL], as in 503:1%% or "
                       "reset:0.2:getToken");
    size_t len = strcspn(rate, ":");
    const char *call = rate[len] == ':' ? rate + len + 1 : NULL;
    return read_kind(text, kind, fault, err) &&
           read_rate(rate, len, fault, err) &&
           (call == NULL || read_call(call, strlen(call), fault, err));
}

/* What a kind is not for would never be played, and a rehearsal would show
 * nothing. */
static bool goes_together(const struct sandbox_fault *fault, struct err *err)
{
    const struct fault_type *type = &fault_types[fault->kind];
    const char *wrong = NULL;
    struct buf right = {0};
    for (int i = 0; i < SINGLE_CALLS; i++) {
        if (type->calls & calls[i].call)
            buf_addf(&right, "%s%s", right.len > 0 ? " or " : "",
                     calls[i].name);
        else if (fault->calls & calls[i].call && wrong == NULL)
            wrong = calls[i].name;
    }
    if (wrong != NULL)
        err_set(err, EXIT_USAGE,
                "the fault %s makes no sense for %s; it is for %s",
                fault_names[fault->kind], wrong, buf_text(&right));
    buf_release(&right);
    return wrong == NULL;
}

/* Rates are sums of decimal fractions: they may come out a little over. */
static bool sums_up(const struct fault_dice *faults, struct err *err)
{
    for (int i = 0; i < SINGLE_CALLS; i++) {
        double sum = 0;
        for (unsigned at = 0; at < faults->count; at++)
            sum += faults->all[at].calls & calls[i].call ? faults->all[at].rate
                                                         : 0;
        if (sum > 1 + 1e-9)
            return err_set(err, EXIT_USAGE,
                           "the faults of %s come to %g%% of its requests, at "
                           "most 100%%",
                           calls[i].name, sum * 100);
    }
    return true;
}

bool fault_dice_init(struct fault_dice *faults, const struct sandbox_fault *all,
                     unsigned count, uint64_t seed, struct err *err)
{
    pthread_mutex_init(&faults->lock, NULL);
    faults->all = mem_zero(count > 0 ? count : 1, sizeof *faults->all);
    faults->count = count;
    /* Not the dice that tokens are thrown with. */
    faults->state = seed != 0 ? ~seed : chance_seed();
    for (unsigned i = 0; i < count; i++) {
        faults->all[i] = all[i];
        faults->calls |= all[i].calls;
        if (!goes_together(&all[i], err))
            return false;
    }
    return sums_up(faults, err);
}

void fault_dice_release(struct fault_dice *faults)
{
    if (faults->all != NULL)
        pthread_mutex_destroy(&faults->lock);
    free(faults->all);
    *faults = (struct fault_dice){0};
}

/* All of a request's chances are thrown at once, so that requests at the same
 * time do not take each other's. */
bool fault_dice_draw(struct fault_dice *faults, enum fault_call call,
                     struct fault_draw *draw)
{
    if ((faults->calls & call) == 0)
        return false;
    pthread_mutex_lock(&faults->lock);
    double share = chance_share(&faults->state);
    draw->random = chance_next(&faults->state);
    pthread_mutex_unlock(&faults->lock);
    draw->coin = draw->random >> 63;
    for (unsigned i = 0; i < faults->count; i++) {
        const struct sandbox_fault *fault = &faults->all[i];
        share -= fault->calls & call ? fault->rate : 0;
        if (share < 0) {
            draw->kind = fault->kind;
            return true;
        }
    }
    return false;
}
