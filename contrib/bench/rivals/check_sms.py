#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The job in Python, with requests and nagiosplugin. The API key comes from SMSPARTNER_API_KEY."""
import argparse
import collections
import concurrent.futures
import csv
import os
import threading

import nagiosplugin
import requests

PER_REQUEST = 500
OUTCOMES = {"Delivered": "delivered", "Not delivered": "undelivered", "Waiting": "waiting"}


class Deliveries(nagiosplugin.Resource):
    name = "SMSPARTNER"

    def __init__(self, args):
        self.args = args
        self.local = threading.local()

    def ask(self, messages):
        """The entries of one reply. A session per thread keeps its connection."""
        if not hasattr(self.local, "session"):
            self.local.session = requests.Session()
        reply = self.local.session.post(
            self.args.url,
            json={"apiKey": os.environ["SMSPARTNER_API_KEY"], "SMSStatut_List": messages},
            timeout=60,
        )
        reply.raise_for_status()
        return reply.json()["StatutResponse_List"]

    def probe(self):
        with open(self.args.batch, newline="") as batch:
            messages = [
                {"phoneNumber": row[0], "messageId": int(row[1])}
                for row in csv.reader(batch)
                if row
            ]
        slices = [messages[i : i + PER_REQUEST] for i in range(0, len(messages), PER_REQUEST)]
        count = collections.Counter()
        with concurrent.futures.ThreadPoolExecutor(self.args.connections) as pool:
            for entries in pool.map(self.ask, slices):
                for entry in entries:
                    not_found = entry["code"] == 4
                    count[
                        "not_found" if not_found else OUTCOMES.get(entry["status"], "unknown")
                    ] += 1
                    count["spam"] += entry.get("isSpam") == "1"
                    count["stop"] += entry.get("stopSms") == "1"
        settled = count["delivered"] + count["undelivered"] + count["not_found"]
        if settled == 0:
            raise nagiosplugin.CheckError("no message settled yet")
        count["unknown"] = len(messages) - settled - count["waiting"]
        yield nagiosplugin.Metric(
            "delivered_ratio", 100 * count["delivered"] / settled, "%", min=0, max=100
        )
        for name in ("delivered", "undelivered", "waiting", "not_found", "unknown", "spam", "stop"):
            yield nagiosplugin.Metric(name, count[name], min=0)


class Unknown(nagiosplugin.Context):
    """Messages without an outcome make the check itself doubtful."""

    def evaluate(self, metric, resource):
        return nagiosplugin.Result(
            nagiosplugin.Unknown if metric.value > 0 else nagiosplugin.Ok, metric=metric
        )

    def performance(self, metric, resource):
        return nagiosplugin.Performance(metric.name, metric.value, min=0)


@nagiosplugin.guarded
def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-b", "--batch", required=True)
    parser.add_argument("-u", "--url", default="https://api.smspartner.fr/v1/multi-status")
    parser.add_argument("-w", "--warning", default="95:")
    parser.add_argument("-c", "--critical", default="90:")
    parser.add_argument("-C", "--connections", type=int, default=4)
    parser.add_argument("-t", "--timeout", type=int, default=600)
    args = parser.parse_args()
    check = nagiosplugin.Check(
        Deliveries(args),
        nagiosplugin.ScalarContext("delivered_ratio", args.warning, args.critical),
        nagiosplugin.ScalarContext("delivered"),
        nagiosplugin.ScalarContext("undelivered"),
        nagiosplugin.ScalarContext("waiting"),
        nagiosplugin.ScalarContext("not_found"),
        Unknown("unknown"),
        nagiosplugin.ScalarContext("spam", "0"),
        nagiosplugin.ScalarContext("stop", "0"),
    )
    check.main(timeout=args.timeout)


if __name__ == "__main__":
    main()
