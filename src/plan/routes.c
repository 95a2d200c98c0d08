/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan as routers read it. Shares become whole parts of 10,000, the largest remainders first,
 * so that they add up; whoever routes on a segment that the plan does not know gets the candidate
 * with the most traffic. */
#include "plan/facts.h"

#include "explain/facts.h"

#include <math.h>
#include <string.h>

enum { PARTS = 10000, HUNDREDTHS = 100 };

typedef struct route {
    const tdo_planned *x;
    tdo_sink *o;
    size_t usual; /* the candidate with the most traffic */
    size_t *who;  /* [n] of the segment at hand */
    unsigned *part;
    double *rest;
    size_t n;
} route;

static void share_out(route *r, size_t segment)
{
    unsigned left = PARTS;
    double share = 0;
    r->n = 0;
    for (size_t at = 0; tdo_planned_next(r->x, segment, &at, &r->who[r->n], &share); r->n++) {
        r->part[r->n] = (unsigned)floor(share * PARTS);
        r->rest[r->n] = share * PARTS - r->part[r->n];
        left -= r->part[r->n];
    }
    for (; left > 0; left--) {
        size_t most = 0;
        for (size_t k = 1; k < r->n; k++)
            most = r->rest[k] > r->rest[most] ? k : most;
        r->part[most]++;
        r->rest[most] -= 1;
    }
    const size_t n = r->n; /* too small a share is no route */
    r->n = 0;
    for (size_t k = 0; k < n; k++)
        if (r->part[k] > 0) {
            r->who[r->n] = r->who[k];
            r->part[r->n++] = r->part[k];
        }
}

static void put_text(route *r, const char *s)
{
    tdo_put_json_string(r->o, s, false);
}

/* ---- litellm: one model name a segment, weights of a simple shuffle ---- */

static void put_litellm(route *r)
{
    tdo_puts(r->o, "# One model_name for each segment; its deployments are picked by weight.\n"
                   "model_list:\n");
    for (size_t s = 0; s < r->x->problem.segments; s++) {
        share_out(r, s);
        for (size_t k = 0; k < r->n; k++) {
            tdo_puts(r->o, "  - {model_name: ");
            put_text(r, r->x->segment[s]);
            tdo_puts(r->o, ", litellm_params: {model: ");
            put_text(r, r->x->candidate[r->who[k]]);
            tdo_putf(r->o, ", weight: %u}}\n", r->part[k]);
        }
    }
    tdo_puts(r->o, "router_settings: {routing_strategy: simple-shuffle}\n");
}

/* ---- nginx: a map of segments, a split_clients for each that is split ---- */

/* A name in double quotes, as nginx unescapes it. */
static void put_nginx(route *r, const char *s, bool is_key)
{
    static const char *const special[] = {"default", "hostnames", "volatile", "include"};
    bool mark = is_key && (s[0] == '~' || s[0] == '\\');
    for (size_t k = 0; k < sizeof special / sizeof *special; k++)
        mark = mark || (is_key && strcmp(s, special[k]) == 0);
    tdo_puts(r->o, mark ? "\"\\\\" : "\"");
    for (; *s != '\0'; s++) {
        if (*s == '"' || *s == '\\')
            tdo_puts(r->o, "\\");
        tdo_put(r->o, s, 1);
    }
    tdo_puts(r->o, "\"");
}

static void put_split(route *r, size_t number)
{
    tdo_putf(r->o, "split_clients \"${plan_key}\" $plan_split_%zu {", number);
    for (size_t k = 0; k < r->n; k++) {
        if (k + 1 == r->n)
            tdo_puts(r->o, " *");
        else
            tdo_putf(r->o, " %u.%02u%%", r->part[k] / HUNDREDTHS, r->part[k] % HUNDREDTHS);
        tdo_puts(r->o, " ");
        put_nginx(r, r->x->candidate[r->who[k]], false);
        tdo_puts(r->o, ";");
    }
    tdo_puts(r->o, " }\n");
}

static void put_nginx_routes(route *r)
{
    const tdo_planned *x = r->x;
    size_t number = 0;
    tdo_puts(r->o, "# In the http context. Set $plan_segment to the segment of a request and\n"
                   "# $plan_key to what tells users apart; $plan_candidate is who serves it.\n");
    for (size_t s = 0; s < x->problem.segments; s++)
        if (x->solution.choice[s] == TDO_PLAN_SPLIT) {
            share_out(r, s);
            put_split(r, ++number);
        }
    tdo_puts(r->o, "map $plan_segment $plan_candidate {\n    default ");
    put_nginx(r, x->candidate[r->usual], false);
    tdo_puts(r->o, ";\n");
    number = 0;
    for (size_t s = 0; s < x->problem.segments; s++) {
        tdo_puts(r->o, "    ");
        put_nginx(r, x->segment[s], true);
        tdo_puts(r->o, " ");
        if (x->solution.choice[s] == TDO_PLAN_SPLIT)
            tdo_putf(r->o, "$plan_split_%zu", ++number);
        else
            put_nginx(r, x->candidate[x->solution.choice[s]], false);
        tdo_puts(r->o, ";\n");
    }
    tdo_puts(r->o, "}\n");
}

/* ---- envoy: a route for each segment by the header x-segment ---- */

static void put_envoy(route *r)
{
    const tdo_planned *x = r->x;
    tdo_puts(r->o, "# A route configuration: the header x-segment names the segment.\n"
                   "virtual_hosts:\n  - name: plan\n    domains: [\"*\"]\n    routes:\n");
    for (size_t s = 0; s < x->problem.segments; s++) {
        share_out(r, s);
        tdo_puts(r->o, "      - match: {prefix: \"/\", headers: [{name: x-segment, string_match: "
                       "{exact: ");
        put_text(r, x->segment[s]);
        tdo_puts(r->o, "}}]}\n        route: {weighted_clusters: {clusters: [");
        for (size_t k = 0; k < r->n; k++) {
            tdo_puts(r->o, k > 0 ? ", {name: " : "{name: ");
            put_text(r, x->candidate[r->who[k]]);
            tdo_putf(r->o, ", weight: %u}", r->part[k]);
        }
        tdo_puts(r->o, "]}}\n");
    }
    tdo_puts(r->o, "      - match: {prefix: \"/\"}\n        route: {cluster: ");
    put_text(r, x->candidate[r->usual]);
    tdo_puts(r->o, "}\n");
}

static void (*const put_routes[TDO_ROUTERS])(route *r) = {
    [TDO_ROUTER_LITELLM] = put_litellm,
    [TDO_ROUTER_NGINX] = put_nginx_routes,
    [TDO_ROUTER_ENVOY] = put_envoy,
};

const char *const tdo_router_name[TDO_ROUTERS] = {
    [TDO_ROUTER_LITELLM] = "litellm", [TDO_ROUTER_NGINX] = "nginx", [TDO_ROUTER_ENVOY] = "envoy"};

const char *tdo_unroutable(const tdo_planned *x, tdo_router router)
{
    static const char never[] = "$\r\n\t";
    if (router != TDO_ROUTER_NGINX)
        return NULL;
    for (size_t s = 0; s < x->problem.segments; s++)
        if (strpbrk(x->segment[s], never))
            return x->segment[s];
    for (size_t j = 0; j < x->problem.candidates; j++)
        if (strpbrk(x->candidate[j], never))
            return x->candidate[j];
    return NULL;
}

tdo_status tdo_write_routes(const tdo_planned *x, tdo_router router, tdo_sink *o)
{
    const size_t m = x->problem.candidates;
    const uint32_t *order = x->solution.choice ? plan_by_share(x) : NULL;
    route r = {.x = x,
               .o = o,
               .who = tdo_alloc(x->arena, m + 1, sizeof *r.who),
               .part = tdo_alloc(x->arena, m + 1, sizeof *r.part),
               .rest = tdo_alloc(x->arena, m + 1, sizeof *r.rest)};
    if (!x->solution.choice)
        return TDO_OK;
    if (!order || !r.who || !r.part || !r.rest)
        return TDO_E_MEMORY;
    r.usual = order[0];
    put_routes[router](&r);
    return tdo_sink_status(o);
}
