# SPDX-License-Identifier: GPL-3.0-or-later
"""A slow, plain reading of the design: what the result of a scenario must be. Pure functions on lists."""
import itertools
import math
from decimal import Decimal
from fractions import Fraction

TIE = 1e-12
RULES = ["weighted", "maximin", "nash", "kalai-smorodinsky", "minimax-regret", "chebyshev", "borda",
         "copeland", "kemeny", "plurality", "needs-first", "owa", "priorities"]


def measurement(crit, x):
    """A distance to a target is that of the decimals as written, rounded once."""
    if not isinstance(crit["goal"], dict):
        return x
    return float(abs(Fraction(Decimal(repr(x))) - Fraction(Decimal(repr(crit["goal"]["target"])))))


def better(crit, a, b):
    """Is reading a better than reading b?"""
    a, b = measurement(crit, a), measurement(crit, b)
    return a > b if crit["goal"] == "max" else a < b


def value(crit, y, worst, best):
    if "value" in crit:
        points = crit["value"]
        if y <= points[0][0]:
            return points[0][1]
        for (x0, v0), (x1, v1) in zip(points, points[1:]):
            if y <= x1:
                return v0 + (v1 - v0) * (y - x0) / (x1 - x0)
        return points[-1][1]
    if worst == best:
        return 1.0
    return min(1.0, max(0.0, (y - worst) / (best - worst)))


def leximin_better(a, b):
    for x, y in zip(sorted(a), sorted(b)):
        if abs(x - y) > TIE:
            return x > y
    return False


def rank_by(n, exceeds):
    return [1 + sum(exceeds(j, i) for j in range(n)) for i in range(n)]


def scalar_ranks(score):
    return rank_by(len(score), lambda j, i: score[j] - score[i] > TIE)


def kemeny(n, ids, prefers_cost):
    """The best order by trying all; among equally good ones the first by id bytes."""
    order = sorted(range(n), key=lambda i: ids[i].encode())
    best, chosen = None, None
    for p in itertools.permutations(order):
        cost = sum(prefers_cost[a][b] for a, b in itertools.combinations(p, 2))
        if best is None or cost < best - TIE:
            best, chosen = cost, p
    return list(chosen)


def priorities(utility, power, order, slack):
    """order: groups of indices. Whoever is dropped later is better; then the utility of that stage."""
    n = len(utility[0])
    stage, score = [len(order)] * n, [0.0] * n
    for k, group in enumerate(order):
        total = sum(power[s] for s in group)
        if not total:
            continue
        left = [i for i in range(n) if stage[i] == len(order)]
        for i in left:
            score[i] = sum(power[s] * utility[s][i] for s in group) / total
        best = max(score[i] for i in left)
        for i in left:
            if best - score[i] > slack + TIE:
                stage[i] = k
    return score, rank_by(n, lambda j, i: stage[j] > stage[i] or
                          (stage[j] == stage[i] and score[j] - score[i] > TIE))


def owa(column, weights):
    return sum(w * u for w, u in zip(weights, sorted(column))) / sum(weights)


def group_rules(utility, power, disagreement, group_weight, values, ids, content, options):
    """utility[s][i] over feasible i; content[s][i]: do all needs of s hold at i, None: s has none;
    options: the object of the headline rule. Returns {rule: (scores, ranks)}."""
    s_n, n = len(utility), len(ids)
    everybody, out = [s for s in range(s_n) if power[s] > 0], {}
    best = [max(u) for u in utility]
    def zero_if_tied(x):
        return 0.0 if abs(x) <= TIE else x

    gain = [[zero_if_tied(utility[s][i] - disagreement[s]) for s in everybody] for i in range(n)]
    column = [[utility[s][i] for s in everybody] for i in range(n)]

    def by_score(rule, score):
        out[rule] = (score, scalar_ranks(score))

    by_score("weighted", [sum(power[s] * utility[s][i] for s in everybody) for i in range(n)])
    out["maximin"] = ([min(c) for c in column],
                      rank_by(n, lambda j, i: leximin_better(column[j], column[i])))
    by_score("nash", [math.prod(g ** p for g, p in zip(gain[i], [power[s] for s in everybody]))
                      if all(g > 0 for g in gain[i]) else min(gain[i]) for i in range(n)])
    hopeful = [s for s in everybody if best[s] - disagreement[s] > TIE]
    ratio = [[zero_if_tied(utility[s][i] - disagreement[s]) / (best[s] - disagreement[s]) for s in hopeful] for i in range(n)]
    out["kalai-smorodinsky"] = ([min(r) if r else 0.0 for r in ratio],
                                rank_by(n, lambda j, i: leximin_better(ratio[j], ratio[i])))
    by_score("minimax-regret", [-max(best[s] - utility[s][i] for s in everybody) for i in range(n)])
    shortfall = [[w * (1 - v[i]) for w, v in zip(group_weight, values)] for i in range(n)]
    by_score("chebyshev", [-(max(x) + 0.001 * sum(x)) for x in shortfall])

    def above(s, i, j):
        return utility[s][i] - utility[s][j] > TIE

    by_score("borda", [sum(power[s] * sum(1.0 if above(s, i, j) else 0.0 if above(s, j, i) else 0.5
                                          for j in range(n) if j != i) for s in everybody)
                       for i in range(n)])
    votes = [[sum(power[s] for s in everybody if above(s, i, j)) for j in range(n)] for i in range(n)]
    by_score("copeland", [sum(1.0 if votes[i][j] - votes[j][i] > TIE else
                              0.0 if votes[j][i] - votes[i][j] > TIE else 0.5
                              for j in range(n) if j != i) for i in range(n)])
    tops = [[best[s] - u <= TIE for u in utility[s]] for s in range(s_n)]
    by_score("plurality", [sum(power[s] * tops[s][i] / sum(tops[s]) for s in everybody) for i in range(n)])
    if any(content[s] is not None for s in everybody):
        met = [sum(power[s] for s in everybody if content[s] is None or content[s][i]) for i in range(n)]
        total = out["weighted"][0]
        out["needs-first"] = (met, rank_by(n, lambda j, i: met[j] - met[i] > TIE or (
            abs(met[j] - met[i]) <= TIE and total[j] - total[i] > TIE)))
    heard = [power[s] for s in everybody]
    if max(heard) - min(heard) <= TIE * max(heard):
        weights = options.get("weights", list(range(len(heard), 0, -1)))
        by_score("owa", [owa([utility[s][i] for s in everybody], weights) for i in range(n)])
    if "order" in options:
        out["priorities"] = priorities(utility, power, options["order"], options.get("slack", 0))
    if n <= 6:
        cost = [[sum(power[s] * (1.0 if above(s, j, i) else 0.0 if above(s, i, j) else 0.5)
                     for s in everybody) for j in range(n)] for i in range(n)]
        order = kemeny(n, ids, cost)
        place = {i: k + 1 for k, i in enumerate(order)}
        out["kemeny"] = ([float(n - place[i]) for i in range(n)], [place[i] for i in range(n)])
    return out


def dominates(crits, a, b):
    """Rows of readings."""
    return (not any(better(c, y, x) for c, x, y in zip(crits, a, b))
            and any(better(c, x, y) for c, x, y in zip(crits, a, b)))


def satisfies(k, crit_ids, row, other):
    """Does a candidate (row of readings, dict of other columns) satisfy constraint k?"""
    x = row[crit_ids.index(k["criterion"])] if "criterion" in k else other[k["column"]]
    if "min" in k and not x >= k["min"]:
        return False
    if "max" in k and not x <= k["max"]:
        return False
    return ("in" not in k or x in k["in"]) and ("not_in" not in k or x not in k["not_in"])


def solve(scenario, ids, rows, others):
    """scenario: parsed JSON; rows[i]: readings by criterion (no None). Returns a dict to compare with."""
    crit_ids = list(scenario["criteria"])
    crits = list(scenario["criteria"].values())
    people = list(scenario["stakeholders"].values())
    constraints = list(scenario.get("constraints", []))
    for p in people:
        for c, need in p.get("needs", {}).items():
            if need.get("veto"):
                constraints.append({"criterion": c, **{k: need[k] for k in ("min", "max") if k in need}})
    broken = [{j for j, k in enumerate(constraints) if not satisfies(k, crit_ids, rows[i], others[i])}
              for i in range(len(ids))]
    res = {"broken": broken,
           "excludes": [sum(j in b for b in broken) for j in range(len(constraints))],
           "alone": [sum(b == {j} for b in broken) for j in range(len(constraints))]}
    feasible = [i for i in range(len(ids)) if not broken[i]]
    res["feasible"] = feasible
    if not feasible:
        res["conflict"] = next(list(c) for k in range(len(constraints) + 1)
                               for c in itertools.combinations(range(len(constraints)), k)
                               if all(b & set(c) for b in broken))
        return res
    values, names = [], [ids[i] for i in feasible]
    for c, crit in enumerate(crits):
        every = [measurement(crit, row[c]) for row in rows]
        ys = [every[i] for i in feasible]
        up = crit["goal"] == "max"
        worst, best = crit.get("range", (min(every), max(every)) if up else (max(every), min(every)))
        values.append([value(crit, y, worst, best) for y in ys])
    weights = [[p["weights"].get(c, 0) / sum(p["weights"].values()) for c in crit_ids] for p in people]
    total = sum(p.get("power", 1) for p in people)
    power = [p.get("power", 1) / total for p in people]
    utility = [[sum(w * v[k] for w, v in zip(ws, values)) for k in range(len(feasible))] for ws in weights]
    group = [sum(p * ws[c] for p, ws in zip(power, weights)) for c in range(len(crits))]
    incumbent = scenario["candidates"].get("incumbent")
    disagreement = [u[names.index(incumbent)] if incumbent in names else min(u) for u in utility]
    rule = scenario.get("rule", "weighted")
    options = dict(rule) if isinstance(rule, dict) else {}
    rule = options.get("name", rule)
    if "order" in options:
        options["order"] = [[list(scenario["stakeholders"]).index(s) for s in g] for g in options["order"]]
    content = [None if not p.get("needs") else
               [all(satisfies({"criterion": c, **{k: q[k] for k in ("min", "max") if k in q}}, crit_ids,
                              rows[i], others[i]) for c, q in p["needs"].items()) for i in feasible]
               for p in people]
    rules = group_rules(utility, power, disagreement, group, values, names, content, options)
    frontier = [not any(dominates(crits, rows[j], rows[i]) for j in feasible) for i in feasible]
    res.update(values=values, utility=utility, rules=rules, frontier=frontier, names=names,
               stakeholder_ranks=[scalar_ranks(u) for u in utility])
    if rule not in rules:
        return res
    score, rank = rules[rule]

    def order(rank_of):
        return sorted(range(len(names)), key=lambda k: (rank_of[k], not frontier[k], names[k].encode()))

    ranking = order(rank)
    best = ranking[0]
    if "simpler" in scenario:
        c = crit_ids.index(scenario["simpler"]["criterion"])
        near = [k for k in ranking if score[ranking[0]] - score[k] <= scenario["simpler"]["within"] + TIE]
        for k in near:
            if better(crits[c], rows[feasible[k]][c], rows[feasible[best]][c]):
                best = k
    runner_up = next((k for k in ranking if k != best), None)
    res.update(ranking=[names[k] for k in ranking], score=score, rank=rank, recommended=names[best],
               runner_up=None if runner_up is None else names[runner_up],
               margin=None if runner_up is None or rule == "priorities" else score[best] - score[runner_up],
               winners={r: names[order(rules[r][1])[0]] for r in rules},
               dominated_by=[next((names[j] for j in ranking if frontier[j]
                                   and dominates(crits, rows[feasible[j]], rows[feasible[k]])), None)
                             for k in range(len(names))])
    return res
