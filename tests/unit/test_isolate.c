/* isolate: every record of a refused batch gets its own outcome, in few
 * requests; whoever is guilty, wherever they stand. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "batch/isolate.h"
#include "net/retry.h"

enum { MOST = 1000, NONE = 0, ACCEPTED = 1, REFUSED = 2 };

static bool guilty[MOST];
static unsigned char outcome[MOST];
static unsigned wrong; /* steps that went wrong: an assertion each is slow */
static uint64_t chance;

static void nobody_is_guilty(void)
{
    memset(guilty, 0, sizeof guilty);
}

static unsigned draw(unsigned below)
{
    return (unsigned)(retry_chance(&chance) * below);
}

/* Makes so many of `count` guilty, by lot. */
static void draw_guilty(unsigned count, unsigned many)
{
    nobody_is_guilty();
    while (many > 0) {
        unsigned at = draw(count);
        many -= !guilty[at];
        guilty[at] = true;
    }
}

static bool holds_guilty(const struct isolation *part)
{
    for (uint32_t i = part->at; i < part->upto; i++)
        if (guilty[i])
            return true;
    return false;
}

static void give(const struct isolation *part, unsigned char what)
{
    for (uint32_t i = part->at; i < part->upto; i++) {
        wrong += outcome[i] != NONE;
        outcome[i] = what;
    }
}

/* The server's answer to one part; more than `fits` records are too large. */
static void answer(struct isolation *part, uint32_t fits)
{
    uint32_t at = part->at, upto = part->upto;
    wrong += at >= upto || upto > part->count;
    if (upto - at > fits) {
        isolation_too_large(part);
        wrong += isolation_size(part) > (upto - at) / 2 || part->at != at;
        return;
    }
    bool refused = holds_guilty(part);
    bool alone = upto - at == 1;
    wrong += !refused && isolation_last_candidate(part);
    if (!refused || alone)
        give(part, refused ? REFUSED : ACCEPTED);
    (refused ? isolation_refused : isolation_accepted)(part);
    /* Neighbours, in their order: the next part begins where this one did, or
     * ended. */
    wrong += part->at != (refused && !alone ? at : upto);
    wrong += refused && !alone && part->upto >= upto;
}

/* Requests until all is over. At the request `copied`, a copy goes on in its
 * place, as another process would do it. */
static unsigned isolate(uint32_t count, uint32_t fits, unsigned copied)
{
    struct isolation parts[2], *part = &parts[0];
    unsigned requests = 0;
    memset(outcome, NONE, sizeof outcome);
    isolation_begin(part, count);
    while (!isolation_over(part) && requests < 3 * count + 20) {
        if (requests == copied) {
            parts[1] = *part;
            memset(part, 0xff, sizeof *part);
            part = &parts[1];
        }
        answer(part, fits);
        requests++;
    }
    unsigned found = 0;
    for (uint32_t i = 0; i < count; i++) {
        wrong += outcome[i] != (guilty[i] ? REFUSED : ACCEPTED);
        found += guilty[i];
    }
    ck_assert(isolation_over(part));
    ck_assert_uint_eq(wrong, 0);
    ck_assert_uint_eq(part->found, found);
    ck_assert_uint_eq(part->at, count);
    return requests;
}

START_TEST(nobody)
{
    nobody_is_guilty();
    for (uint32_t count = 1; count <= MOST; count++)
        ck_assert_uint_eq(isolate(count, MOST, MOST), 1);
}
END_TEST

START_TEST(one_among_500)
{
    unsigned worst = 0;
    for (unsigned at = 0; at < 500; at++) {
        nobody_is_guilty();
        guilty[at] = true;
        unsigned requests = isolate(500, MOST, MOST) - 1;
        worst = requests > worst ? requests : worst;
    }
    ck_assert_uint_le(worst, 20);
    ck_assert_uint_ge(worst, 9); /* as many halves has 500 */
}
END_TEST

START_TEST(one_in_any_size)
{
    for (uint32_t count = 1; count <= 130; count++)
        for (unsigned at = 0; at < count; at++) {
            nobody_is_guilty();
            guilty[at] = true;
            unsigned requests = isolate(count, MOST, MOST);
            ck_assert_uint_le(requests, count + 1);
        }
}
END_TEST

START_TEST(all)
{
    for (uint32_t count = 1; count <= MOST; count += count < 20 ? 1 : 49) {
        nobody_is_guilty();
        memset(guilty, true, count);
        unsigned requests = isolate(count, MOST, MOST);
        ck_assert_uint_eq(requests, count == 1 ? 1 : count + 1);
    }
}
END_TEST

/* When most are guilty, it costs as sending singly does. */
START_TEST(most)
{
    for (chance = 1; chance < 200; chance++) {
        draw_guilty(500, 300);
        ck_assert_uint_le(isolate(500, MOST, MOST), 510);
    }
    nobody_is_guilty(); /* and so where they stand together */
    for (unsigned from = 0; from <= 200; from++) {
        nobody_is_guilty();
        memset(guilty + from, true, 300);
        ck_assert_uint_le(isolate(500, MOST, MOST), 510);
    }
}
END_TEST

START_TEST(any_set)
{
    chance = (uint64_t)_i + 1;
    for (unsigned i = 0; i < 400; i++) {
        uint32_t count = 1 + draw(MOST);
        draw_guilty(count, draw(draw(4) ? 1 + count / 20 : count + 1));
        isolate(count, MOST, MOST);
    }
}
END_TEST

START_TEST(too_large)
{
    struct isolation part;
    nobody_is_guilty();
    isolation_begin(&part, 500);
    static const uint32_t sizes[] = {500, 250, 125, 62};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_uint_eq(isolation_size(&part), sizes[i]);
        if (i < 3)
            isolation_too_large(&part);
    }
    isolation_accepted(&part);
    ck_assert_uint_eq(isolation_size(&part), 62); /* it does not grow again */
    ck_assert_uint_le(part.bad, part.at);         /* and blames nobody */
    ck_assert_uint_eq(part.found, 0);
    /* 500, 250, 125, and 9 parts of 62 at most. */
    ck_assert_uint_eq(isolate(500, 62, MOST), 3 + 9);
    ck_assert_uint_eq(isolate(500, 1, MOST), 8 + 500);
}
END_TEST

START_TEST(too_large_alone)
{
    struct isolation part;
    isolation_begin(&part, 1);
    isolation_too_large(&part);
    ck_assert(isolation_over(&part));
    ck_assert_uint_eq(part.found, 1);
}
END_TEST

START_TEST(too_large_and_guilty)
{
    chance = (uint64_t)_i + 1;
    for (unsigned i = 0; i < 400; i++) {
        uint32_t count = 1 + draw(MOST);
        draw_guilty(count, draw(draw(3) ? 3 : count + 1) % (count + 1));
        isolate(count, 1 + draw(count), MOST);
    }
}
END_TEST

START_TEST(limited)
{
    struct isolation part;
    isolation_begin(&part, 10);
    isolation_limit(&part, 4);
    ck_assert_uint_eq(isolation_size(&part), 4);
    isolation_accepted(&part);
    isolation_accepted(&part);
    ck_assert_uint_eq(part.at, 8);
    ck_assert_uint_eq(isolation_size(&part), 2);
    isolation_begin(&part, 3);
    isolation_limit(&part, 100);
    ck_assert_uint_eq(isolation_size(&part), 3);
}
END_TEST

/* Wherever another process takes over, the requests are the same. */
START_TEST(taken_over)
{
    for (chance = 1; chance < 30; chance++) {
        draw_guilty(200, draw(8));
        unsigned requests = isolate(200, 150, MOST);
        for (unsigned at = 0; at < requests; at++)
            ck_assert_uint_eq(isolate(200, 150, at), requests);
    }
}
END_TEST

/* Records refused together may be accepted in parts, and that can be told: so
 * many times until all is over. */
static unsigned unexplained(struct isolation *part)
{
    unsigned times = 0;
    for (unsigned requests = 0; !isolation_over(part); requests++) {
        times += isolation_last_candidate(part);
        isolation_accepted(part);
        ck_assert_uint_le(requests, 20);
    }
    return times;
}

START_TEST(refused_together_alone)
{
    struct isolation part;
    isolation_begin(&part, 500);
    isolation_refused(&part);
    ck_assert_uint_eq(unexplained(&part), 1);
    ck_assert_uint_eq(part.found, 0);
}
END_TEST

/* Whether there was a guilty one besides, or not. */
START_TEST(refused_together_behind_one)
{
    struct isolation part;
    isolation_begin(&part, 500);
    isolation_refused(&part);
    while (part.found == 0)
        isolation_refused(&part);
    while (isolation_size(&part) == 1)
        isolation_accepted(&part);
    isolation_refused(&part);
    ck_assert_uint_eq(unexplained(&part), 1);
    ck_assert_uint_eq(part.found, 1);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("isolate");
    TCase *c = tcase_create("isolate");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, nobody);
    tcase_add_test(c, one_among_500);
    tcase_add_test(c, one_in_any_size);
    tcase_add_test(c, all);
    tcase_add_test(c, most);
    tcase_add_loop_test(c, any_set, 0, 4);
    tcase_add_test(c, too_large);
    tcase_add_test(c, too_large_alone);
    tcase_add_loop_test(c, too_large_and_guilty, 0, 4);
    tcase_add_test(c, limited);
    tcase_add_test(c, taken_over);
    tcase_add_test(c, refused_together_alone);
    tcase_add_test(c, refused_together_behind_one);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
