/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings as the systems that run jobs read them. */
#include "tradeoff/output.h"
#include "json/writer.h"

#include <string.h>

const char *const tdo_gate_format_name[TDO_GATE_FORMATS] = {
    [TDO_GATE_GITHUB] = "github",
    [TDO_GATE_JUNIT] = "junit",
    [TDO_GATE_SARIF] = "sarif",
    [TDO_GATE_PROMETHEUS] = "prometheus",
};

typedef struct gate {
    const tdo_finding *finding; /* [n] */
    size_t n;
    const char *about;
    tdo_sink *o;
} gate;

static size_t count(const gate *g, int is)
{
    size_t found = 0;
    for (size_t k = 0; k < g->n; k++)
        found += (int)g->finding[k].state == is;
    return found;
}

/* Text with some bytes written otherwise: pairs of a byte and what stands for it. */
static void put_escaped(tdo_sink *o, const char *s, const char *const pairs[][2])
{
    for (; *s; s++) {
        const char *as = NULL;
        for (size_t k = 0; pairs[k][0] && !as; k++)
            as = *s == pairs[k][0][0] ? pairs[k][1] : NULL;
        if (as)
            tdo_puts(o, as);
        else
            tdo_put(o, s, 1);
    }
}

/* ---- GitHub Actions ---- */

static void put_github(tdo_sink *o, const char *s, bool property)
{
    static const char *const message[][2] = {
        {"%", "%25"}, {"\r", "%0D"}, {"\n", "%0A"}, {NULL, NULL}};
    static const char *const also[][2] = {{"%", "%25"}, {"\r", "%0D"}, {"\n", "%0A"},
                                          {":", "%3A"}, {",", "%2C"},  {NULL, NULL}};
    put_escaped(o, s, property ? also : message);
}

static void write_github(const gate *g)
{
    static const char *const word[] = {"notice", "warning", "error"};
    for (size_t k = 0; k < g->n; k++) {
        const tdo_finding *f = &g->finding[k];
        tdo_putf(g->o, "::%s ", word[f->state]);
        if (f->file[0]) {
            tdo_puts(g->o, "file=");
            put_github(g->o, f->file, true);
            tdo_puts(g->o, ",");
        }
        if (f->file[0] && f->line)
            tdo_putf(g->o, "line=%u,", f->line);
        if (f->file[0] && f->line && f->column)
            tdo_putf(g->o, "col=%u,", f->column);
        tdo_putf(g->o, "title=tradeoff %s%%3A ", g->about);
        put_github(g->o, f->rule, true);
        tdo_puts(g->o, "::");
        put_github(g->o, f->text, false);
        tdo_puts(g->o, "\n");
    }
}

/* ---- JUnit ---- */

/* Control characters have no place in XML 1.0 and are shown as a question mark. */
static void put_xml(tdo_sink *o, const char *s)
{
    static const char *const pairs[][2] = {{"&", "&amp;"},   {"<", "&lt;"},   {">", "&gt;"},
                                           {"\"", "&quot;"}, {"\n", "&#10;"}, {"\r", "&#13;"},
                                           {"\t", "&#9;"},   {NULL, NULL}};
    char one[2] = "";
    for (; *s; s++) {
        one[0] = (unsigned char)*s < 0x20 && !strchr("\n\r\t", *s) ? '?' : *s;
        put_escaped(o, one, pairs);
    }
}

static void put_place(tdo_sink *o, const tdo_finding *f)
{
    put_xml(o, f->file);
    if (f->line)
        tdo_putf(o, ":%u", f->line);
    if (f->line && f->column)
        tdo_putf(o, ":%u", f->column);
}

static void write_junit(const gate *g)
{
    const size_t warnings = count(g, TDO_FINDING_WARNING), fail = count(g, TDO_FINDING_FAILS);
    tdo_putf(g->o,
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<testsuites>\n  <testsuite name=\"tradeoff %s\" tests=\"%zu\" failures=\"%zu\">\n",
             g->about, g->n - warnings, fail);
    for (size_t k = 0; k < g->n; k++) {
        const tdo_finding *f = &g->finding[k];
        if (f->state == TDO_FINDING_WARNING)
            continue;
        tdo_putf(g->o, "    <testcase classname=\"tradeoff.%s.", g->about);
        put_xml(g->o, f->rule);
        tdo_puts(g->o, "\" name=\"");
        put_xml(g->o, f->text);
        if (f->state == TDO_FINDING_HOLDS) {
            tdo_puts(g->o, "\"/>\n");
            continue;
        }
        tdo_puts(g->o, "\">\n      <failure message=\"");
        put_xml(g->o, f->text);
        tdo_puts(g->o, "\">");
        put_place(g->o, f);
        tdo_puts(g->o, "</failure>\n    </testcase>\n");
    }
    tdo_puts(g->o, warnings ? "    <system-err>" : "");
    for (size_t k = 0; k < g->n; k++)
        if (g->finding[k].state == TDO_FINDING_WARNING) {
            put_xml(g->o, g->finding[k].rule);
            tdo_puts(g->o, ": ");
            put_xml(g->o, g->finding[k].text);
            tdo_puts(g->o, "\n");
        }
    tdo_puts(g->o, warnings ? "</system-err>\n" : "");
    tdo_puts(g->o, "  </testsuite>\n</testsuites>\n");
}

/* ---- SARIF ---- */

/* A relative reference: what has a meaning in one is written as %XX. */
static const char *uri_of(const char *file, tdo_arena *a)
{
    tdo_sink o = tdo_sink_memory(a);
    for (; *file; file++)
        if (strchr("%?#[]\\ \"<>^`{|}:", *file) || (unsigned char)*file < 0x21 ||
            (unsigned char)*file >= 0x7F)
            tdo_putf(&o, "%%%02X", (unsigned)(unsigned char)*file);
        else
            tdo_put(&o, file, 1);
    return o.failed ? NULL : o.text ? o.text : "";
}

static void put_location(json_writer *j, const tdo_finding *f, const char *uri)
{
    json_put_array(j, "locations", JSON_FLOW);
    if (f->file[0]) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_object(j, "physicalLocation", JSON_FLOW);
        json_put_object(j, "artifactLocation", JSON_FLOW);
        json_put_text(j, "uri", uri);
        json_put_end(j);
        if (f->line) {
            json_put_object(j, "region", JSON_FLOW);
            json_put_count(j, "startLine", f->line);
            if (f->column)
                json_put_count(j, "startColumn", f->column);
            json_put_end(j);
        }
        json_put_end(j);
        json_put_end(j);
    }
    json_put_end(j);
}

static tdo_status write_sarif(const gate *g)
{
    json_writer j = {.o = g->o};
    tdo_arena *a = tdo_arena_new();
    tdo_status status = a ? TDO_OK : TDO_E_MEMORY;
    json_put_object(&j, NULL, JSON_LINES);
    json_put_text(&j, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_put_text(&j, "version", "2.1.0");
    json_put_array(&j, "runs", JSON_LINES);
    json_put_object(&j, NULL, JSON_LINES);
    json_put_object(&j, "tool", JSON_FLOW);
    json_put_object(&j, "driver", JSON_FLOW);
    json_put_text(&j, "name", "tradeoff");
    json_put_text(&j, "version", TDO_VERSION);
    json_put_end(&j);
    json_put_end(&j);
    json_put_array(&j, "results", JSON_LINES);
    for (size_t k = 0; k < g->n && status == TDO_OK; k++) {
        const tdo_finding *f = &g->finding[k];
        const char *uri = uri_of(f->file, a);
        status = uri ? TDO_OK : TDO_E_MEMORY;
        if (f->state == TDO_FINDING_HOLDS || !uri)
            continue;
        json_put_object(&j, NULL, JSON_FLOW);
        json_put_text(&j, "ruleId", f->rule);
        json_put_text(&j, "level", f->state == TDO_FINDING_FAILS ? "error" : "warning");
        json_put_object(&j, "message", JSON_FLOW);
        json_put_text(&j, "text", f->text);
        json_put_end(&j);
        put_location(&j, f, uri);
        json_put_end(&j);
    }
    for (int k = 0; k < 4; k++)
        json_put_end(&j);
    tdo_arena_free(a);
    return status;
}

/* ---- Prometheus ---- */

static void write_prometheus(const gate *g)
{
    static const char *const pairs[][2] = {
        {"\\", "\\\\"}, {"\"", "\\\""}, {"\n", "\\n"}, {NULL, NULL}};
    tdo_puts(g->o, "# HELP tradeoff_check Whether what was asked holds (1) or fails (0).\n"
                   "# TYPE tradeoff_check gauge\n");
    for (size_t k = 0; k < g->n; k++) {
        const tdo_finding *f = &g->finding[k];
        bool first = f->state != TDO_FINDING_WARNING, holds = true;
        for (size_t q = 0; q < k; q++) /* those of one name are one series: do all hold? */
            first = first && (g->finding[q].state == TDO_FINDING_WARNING ||
                              strcmp(g->finding[q].rule, f->rule));
        for (size_t q = k; q < g->n; q++)
            holds = holds && (g->finding[q].state != TDO_FINDING_FAILS ||
                              strcmp(g->finding[q].rule, f->rule));
        if (!first)
            continue;
        tdo_putf(g->o, "tradeoff_check{command=\"%s\",check=\"", g->about);
        put_escaped(g->o, f->rule, pairs);
        tdo_putf(g->o, "\"} %d\n", holds);
    }
    tdo_putf(g->o,
             "# HELP tradeoff_warnings How many warnings there are.\n"
             "# TYPE tradeoff_warnings gauge\ntradeoff_warnings{command=\"%s\"} %zu\n",
             g->about, count(g, TDO_FINDING_WARNING));
}

tdo_status tdo_write_findings(const tdo_finding *of, size_t n, const char *about,
                              tdo_gate_format format, tdo_sink *o)
{
    const gate g = {of, n, about, o};
    tdo_status status = TDO_OK;
    switch (format) {
    case TDO_GATE_GITHUB:
        write_github(&g);
        break;
    case TDO_GATE_JUNIT:
        write_junit(&g);
        break;
    case TDO_GATE_SARIF:
        status = write_sarif(&g);
        break;
    case TDO_GATE_PROMETHEUS:
        write_prometheus(&g);
        break;
    case TDO_GATE_FORMATS:
        status = TDO_E_INTERNAL;
    }
    return status == TDO_OK && o->failed ? TDO_E_IO : status;
}
