/* web.c: settings put into net's own words. */
#include "web.h"

#include "server/connect.h"

static struct http *connect_to(const struct web *web, const char *url,
                               unsigned timeout, struct err *err)
{
    return connect_source(web->owner, url, timeout, err);
}

struct web web_of(const struct config *config)
{
    return (struct web){
        .hosts = config->allow_net,
        .logins = config->http_auth,
        .sql_logins = config->sql_auth,
        .insecure = config->insecure_http,
        .timeout = (unsigned)config->timeout,
        .retry_for = (unsigned)config->retry_for,
        .patient = config_rank(config, "retry_for") > RANK_DEFAULT,
        .connect = connect_to,
        .secret = config_secret,
        .owner = config,
    };
}
