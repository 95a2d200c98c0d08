# SPDX-License-Identifier: GPL-3.0-or-later
"""Random scenarios with their candidates."""
import csv
import json
import os
import subprocess

import oracle

PROGRAM = os.environ["TRADEOFF"].split()


class Problem:
    """A scenario with its candidates: rows of readings by criterion, and other columns."""

    def __init__(self, scenario, ids, rows, others):
        self.scenario, self.ids, self.rows, self.others = scenario, ids, rows, others

    def write(self, folder, rnd=None):
        """Writes both files; rnd shuffles the columns."""
        columns = ["id"] + list(self.scenario["criteria"]) + sorted(self.others[0])
        if rnd:
            rnd.shuffle(columns)
        crit = list(self.scenario["criteria"])
        with open(os.path.join(folder, "c.csv"), "w", newline="", encoding="utf-8") as f:
            out = csv.writer(f)
            out.writerow(columns)
            for name, row, other in zip(self.ids, self.rows, self.others):
                cells = {"id": name, **{c: repr(float(x)) for c, x in zip(crit, row)}, **other}
                out.writerow([cells[c] for c in columns])
        with open(os.path.join(folder, "s.json"), "w", encoding="utf-8") as f:
            json.dump(self.scenario, f)

    def run(self, folder, rnd=None):
        self.write(folder, rnd)
        p = subprocess.run(PROGRAM + ["run", os.path.join(folder, "s.json"), "--format", "json", "-q"],
                           capture_output=True, check=False)
        if p.returncode not in (0, 1):
            raise AssertionError("status %d: %s" % (p.returncode, p.stderr.decode()[:500]))
        result = json.loads(p.stdout)
        assert (p.returncode == 1) == (result["outcome"] == "infeasible")
        return result


def random_criterion(rnd, grid):
    goal = rnd.choice(["max", "min", "max", "min", {"target": rnd.choice([0.5, 0.25, 1])}])
    crit = {"column": None, "goal": goal}
    kind = rnd.random()
    if kind < 0.3:
        crit["range"] = [0, 1] if goal == "max" else [1, 0]
    elif kind < 0.5:
        xs = sorted(rnd.sample([-0.5 if goal in ("max", "min") else 0.1, 0, 0.2, 0.4, 0.6, 0.9, 1, 1.5],
                               rnd.randint(2, 4)))
        vs = sorted(rnd.choice([0, 0.1, 0.25, 0.5, 0.5, 0.8, 1]) for _ in xs)
        crit["value"] = [list(p) for p in zip(xs, vs if goal == "max" else vs[::-1])]
    return crit, [rnd.choice(grid) for _ in range(60)]


def choose_new_rule(rnd, scenario):
    """Now and then a rule with options, or one that not every scenario can have."""
    people = scenario["stakeholders"]
    heard = [s for s, p in people.items() if p.get("power", 1) > 0]
    rule = rnd.choice(["plurality", "needs-first", "owa", "priorities"] + [None] * 6)
    if rule == "needs-first" and not any(people[s].get("needs") for s in heard):
        people[heard[0]]["needs"] = {"c0": {"max": 0.5}}
    if rule == "owa":
        for s in heard:
            people[s].pop("power", None)
        if rnd.random() < 0.5:
            rule = {"name": "owa", "weights": sorted((rnd.choice([0, 1, 2]) for _ in heard[1:]), reverse=True)}
            rule["weights"].insert(0, 2)
    if rule == "priorities":
        order = rnd.sample(list(people), rnd.randint(1, len(people)))
        if heard[0] not in order:
            order.append(heard[0])
        cut = rnd.randint(1, len(order))
        rule = {"name": "priorities", "order": [g for g in (order[:cut], order[cut:]) if g],
                "slack": rnd.choice([0, 0.05, 0.2])}
    if rule:
        scenario["rule"] = rule


def rule_of(scenario):
    rule = scenario["rule"]
    return rule["name"] if isinstance(rule, dict) else rule


def random_problem(rnd):
    grid = rnd.choice([[0, 0.5, 1], [k / 10 for k in range(11)], [k / 4 for k in range(-4, 9)],
                       [rnd.random() for _ in range(40)]])
    n = rnd.choice([1, 2, 3, 4, 5, 6, 6, 8, 12, 20, 40])
    crits, columns = {}, []
    for c in range(rnd.randint(1, 5)):
        crit, column = random_criterion(rnd, grid)
        crit["column"] = "c%d" % c
        crits["c%d" % c] = crit
        columns.append(column[:n])
    names = list(crits)
    people = {}
    for s in range(rnd.randint(1, 5)):
        weights = {c: rnd.choice([0, 1, 1, 2, 3, 0.5]) for c in rnd.sample(names, rnd.randint(1, len(names)))}
        if sum(weights.values()) == 0:
            weights[names[0]] = 1
        people["s%d" % s] = {"weights": weights}
        if rnd.random() < 0.4:
            people["s%d" % s]["power"] = rnd.choice([0, 0.5, 2, 3])
        if rnd.random() < 0.15:
            people["s%d" % s]["needs"] = {rnd.choice(names): {"min": rnd.choice(grid), "veto": rnd.random() < 0.5}}
    if not any(p.get("power", 1) for p in people.values()):
        people["s0"].pop("power")
    scenario = {"tradeoff": 1, "candidates": {"file": "c.csv", "id": "id"}, "criteria": crits,
                "stakeholders": people, "rule": rnd.choice(oracle.RULES[:8])}
    if n <= 6 and rnd.random() < 0.2:
        scenario["rule"] = "kemeny"
    choose_new_rule(rnd, scenario)
    constraints = []
    for _ in range(rnd.choice([0, 0, 1, 2, 3])):
        if rnd.random() < 0.3:
            constraints.append({"column": "kind", rnd.choice(["in", "not_in"]): rnd.sample(["a", "b", "c"], rnd.randint(1, 2))})
        else:
            constraints.append({"criterion": rnd.choice(names), rnd.choice(["min", "max"]): rnd.choice(grid)})
    if constraints:
        scenario["constraints"] = constraints
    if rnd.random() < 0.3 and rule_of(scenario) != "priorities":
        scenario["simpler"] = {"criterion": rnd.choice(names), "within": rnd.choice([0, 0.05, 0.2])}
    ids = ["m%d" % k for k in rnd.sample(range(100), n)]
    if rnd.random() < 0.4:
        scenario["candidates"]["incumbent"] = rnd.choice(ids)
    others = [{"kind": rnd.choice("abc")} for _ in range(n)]
    return Problem(scenario, ids, [list(r) for r in zip(*columns)], others)
