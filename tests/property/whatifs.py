# SPDX-License-Identifier: GPL-3.0-or-later
"""Random decisions, and what the program answers when their files are edited: every "would be" is checked so."""
import copy
import json
import os
import subprocess

PROGRAM = os.environ["TRADEOFF"].split()
ANSWERS = os.environ.get("TDO_ANSWERS") or os.path.join(os.path.dirname(os.environ["TDO_LIBRARY"]), "tests/property/answers")
SOAK = bool(os.environ.get("TDO_SOAK"))
SEED = 20261128
RULES = ["weighted", "maximin", "nash", "kalai-smorodinsky", "minimax-regret", "chebyshev", "borda", "copeland",
         "kemeny", "plurality", "needs-first", "owa", "priorities"]


def write(folder, scenario, rows, columns, parts=None):
    """The files; the scenario's path. parts: for each candidate its subgroups, each with a value and a size."""
    if parts:
        with open(os.path.join(folder, "g.csv"), "w", encoding="ascii") as f:
            f.write("model,part,value,size\n")
            f.writelines("%s,%s,%s,%s\n" % (m, g, *cell) for m, of in parts.items() for g, cell in of.items())
    with open(os.path.join(folder, "c.csv"), "w", encoding="ascii") as f:
        f.write("model," + ",".join(columns) + "\n")
        for name, cells in rows.items():
            f.write(name + "," + ",".join(cells[c] for c in columns) + "\n")
    path = os.path.join(folder, "s.json")
    with open(path, "w", encoding="ascii") as f:
        json.dump(scenario, f)
    return path


class Answers:
    """What edited files are answered, by the library in one process (answers.c): many times cheaper."""

    def __init__(self):
        self.process = subprocess.Popen([ANSWERS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, folder, scenario, rows, columns, parts=None):
        """The whole result of the program, which the library's answer has to equal before any edit is judged by it."""
        path = write(folder, scenario, rows, columns, parts)
        p = subprocess.run(PROGRAM + ["run", path, "-q", "--format", "json"], capture_output=True, check=False)
        assert p.returncode in (0, 1), p.stderr.decode()
        result, answer = json.loads(p.stdout), self.of(folder, scenario, rows, columns, parts)
        assert answer["recommended"] == (result["recommendation"] or {"id": None})["id"], (answer, "is out of date?")
        ranks = {c["id"]: c["rule_ranks"] for c in result["candidates"] if c["status"] == "feasible"}
        assert answer["ranks"] == ranks, (answer, ranks)
        return result

    def of(self, folder, scenario, rows, columns, parts=None):
        """{"recommended": None or an id, "first", "score", "ranks": {id: {rule: rank}}}, feasible candidates alone. An
        edited file that is refused judges no claim: it stops the test."""
        self.process.stdin.write(write(folder, scenario, rows, columns, parts) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "error" not in answer, (answer, scenario, rows)
        return answer

    def is_first(self, name, rule, *files):
        return self.of(*files)["ranks"].get(name, {}).get(rule) == 1


def cases(least, most):
    """Numbers of the cases to try, each with its own random numbers: TDO_SOAK tries all, TDO_CASES ("40", "1480-1501")
    those that it names."""
    span = os.environ.get("TDO_CASES") or str(most if SOAK else least)
    first, last = span.split("-") if "-" in span else (0, span)
    return range(int(first), int(last))


def random_case(rng, limited=0.4):
    """Columns, rows and a scenario under `weighted`: given and observed ranges, ties, targets, limits."""
    d = rng.randint(1, 4)
    columns = ["k%d" % c for c in range(d)]
    places = rng.randint(0, 3)
    scale = rng.choice([1, 10, 1000])
    cell = lambda: "%.*f" % (places, rng.choice([rng.random(), rng.randint(0, 4) / 4]) * scale)
    rows = {"m%d" % i: {c: cell() for c in columns} for i in range(rng.randint(2, 8))}
    criteria = {}
    for c in columns:
        goal = rng.choice(["max", "min", "max", "min", {"target": scale / 2}])
        criteria[c] = {"column": c, "goal": goal}
        if rng.random() < 0.3:
            criteria[c]["range"] = [0, scale] if goal == "max" else [scale, 0]
    people = {"p%d" % s: {"weights": {c: rng.randint(0 if d > 1 else 1, 5) for c in columns}, "power": rng.randint(1, 3)}
              for s in range(rng.randint(1, 3))}
    for p in people.values():
        p["weights"][columns[0]] += not any(p["weights"].values())
    scenario = {"tradeoff": 1, "candidates": {"file": "c.csv", "id": "model"}, "criteria": criteria,
                "stakeholders": people}
    if rng.random() < limited:
        scenario["constraints"] = [{"criterion": rng.choice(columns), "max": scale * 0.8}]
    return columns, rows, scenario


def under(rng, scenario, rule, rows):
    """The scenario under a rule that it can have, with somebody who runs today in some of them."""
    people = scenario["stakeholders"]
    if rng.random() < 0.5:
        scenario["candidates"]["incumbent"] = rng.choice(list(rows))
    if rule == "owa":
        for p in people.values():
            p["power"] = 1
    if rule == "needs-first":
        who = rng.choice(list(people))
        c = rng.choice([c for c, of in scenario["criteria"].items() if "column" in of and "levels" not in of])
        people[who]["needs"] = {c: {"min": float(rng.choice(list(rows.values()))[c])}}
    if rule == "priorities":
        order = [[s] for s in people]
        rng.shuffle(order)
        rule = {"name": rule, "order": order, "slack": rng.choice([0, 0.05])}
    scenario["rule"] = rule
    return scenario


def moved(scenario, hold, value):
    """The scenario with this weight or power, the others in their proportions (or alike, where all are 0)."""
    edited = copy.deepcopy(scenario)
    people = edited["stakeholders"]
    if "criterion" in hold:
        all_of = people[hold["stakeholder"]]["weights"]
        for c in edited["criteria"]:
            all_of.setdefault(c, 0)
        key = hold["criterion"]
    else:
        all_of, key = {s: p["power"] for s, p in people.items()}, hold["stakeholder"]
    rest = sum(w for k, w in all_of.items() if k != key)
    for k in all_of:
        if k == key:
            all_of[k] = value
        else:
            all_of[k] = (1 - value) * (all_of[k] / rest if rest else 1 / (len(all_of) - 1))
    for s, p in people.items():
        if "criterion" not in hold:
            p["power"] = all_of[s]
    return edited
