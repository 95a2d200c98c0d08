#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data of this scenario: by_segment.csv (240 segments of a support assistant, four models) and
candidates.csv (their averages). Invented, from a stated generator; the same bytes each time."""
import csv
import random

MODELS = [("tiny", 0.00, 0.04), ("small", 0.09, 0.15), ("medium", 0.15, 0.40), ("large", 0.19, 1.20)]
# language: users, how well an assistant does in it at all, how much a larger model adds
LANGUAGES = {"en": (520000, 0.66, 1.0), "de": (160000, 0.62, 1.1), "es": (150000, 0.63, 1.1), "fr": (140000, 0.62, 1.1),
             "ja": (90000, 0.55, 1.5), "pl": (60000, 0.56, 1.4), "tr": (50000, 0.54, 1.5), "hi": (70000, 0.50, 1.8)}
TOPICS = {"billing": (0.20, 0.05, 0.7), "delivery": (0.25, 0.06, 0.5), "returns": (0.18, 0.03, 0.8),
          "technical": (0.22, -0.08, 1.5), "account": (0.15, 0.02, 0.8)}
CHANNELS = {"app": (0.5, 0.01), "web": (0.3, 0.0), "mail": (0.2, -0.02)}
TIERS = {"free": 0.8, "paid": 0.2}


def main():
    rng = random.Random(2026)
    rows, sums = [], {m: [0.0, 0.0, 0.0] for m, _, _ in MODELS}
    for lang, (people, base, gain) in LANGUAGES.items():
        for topic, (part, easy, more) in TOPICS.items():
            for channel, (share, tone) in CHANNELS.items():
                for tier, of in TIERS.items():
                    users = max(1, round(people * part * share * of * rng.uniform(0.8, 1.2)))
                    hard = rng.gauss(0, 0.02)
                    for model, better, cost in MODELS:
                        true = min(0.97, base + easy + tone + hard + better * gain * more + rng.gauss(0, 0.01))
                        noise = 0.02  # of the share solved in a test of some hundred conversations
                        chosen, held = true + rng.gauss(0, noise), true + rng.gauss(0, noise)
                        cents = cost * rng.uniform(0.85, 1.15) * (1.3 if channel == "mail" else 1.0)
                        rows.append([f"{lang}-{topic}-{channel}-{tier}", lang, users, model, f"{min(1, chosen):.3f}",
                                     f"{min(1, held):.3f}", f"{cents:.3f}"])
                        for k, x in enumerate((1, round(min(1, chosen), 3), round(cents, 3))):
                            sums[model][k] += users * x
    with open("by_segment.csv", "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["segment", "language", "users", "model", "solved", "solved_holdout", "cost_cents"])
        out.writerows(rows)
    with open("candidates.csv", "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["model", "solved", "cost_cents"])
        out.writerows([m, f"{q / n:.3f}", f"{c / n:.3f}"] for m, (n, q, c) in sums.items())


if __name__ == "__main__":
    main()
