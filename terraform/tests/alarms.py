"""Prints the alarms of one deployment as the double was told them, for AlarmsTest: what they look at, and when they go off.

Reads the deployment's state from standard input (terraform show -json).
"""

import json
import sys

import boto3

KEPT = ("AlarmName", "Namespace", "MetricName", "Dimensions", "Statistic", "Period", "EvaluationPeriods",
        "DatapointsToAlarm", "Threshold", "ComparisonOperator", "TreatMissingData", "Metrics")


def named(module):
    for resource in module.get("resources", []):
        if resource["type"] == "aws_cloudwatch_metric_alarm":
            yield resource["values"]["alarm_name"]
    for child in module.get("child_modules", []):
        yield from named(child)


def alarms(names):
    pages = boto3.client("cloudwatch").get_paginator("describe_alarms").paginate()
    for alarm in (alarm for page in pages for alarm in page["MetricAlarms"] if alarm["AlarmName"] in names):
        # What AWS names by chance, and puts in any order.
        queries = sorted(alarm.get("Metrics", []), key=lambda query: query["Id"])
        alarm["Metrics"] = queries
        for metric in [alarm] + [query["MetricStat"]["Metric"] for query in queries if "MetricStat" in query]:
            metric.get("Dimensions", []).sort(key=lambda dimension: dimension["Name"])
            for dimension in metric.get("Dimensions", []):
                if dimension["Name"] == "ApiId":
                    dimension["Value"] = "api"
        yield {key: alarm[key] for key in KEPT if alarm.get(key)}


if __name__ == "__main__":
    deployed = set(named(json.load(sys.stdin)["values"]["root_module"]))
    # Whatever the deployment is called.
    [name] = [alarm.removesuffix("-sweep-missing") for alarm in deployed if alarm.endswith("-sweep-missing")]
    found = sorted(alarms(deployed), key=lambda alarm: alarm["AlarmName"])
    print(json.dumps(found, indent=1, sort_keys=True).replace(f'"{name}', '"lockstep'))
