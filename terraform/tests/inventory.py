"""Lists what there is in the double: after a destroy it must be what there was before the apply."""

import boto3


def names():
    account = {
        "dynamodb": lambda c: c.list_tables()["TableNames"],
        "lambda": lambda c: [f["FunctionName"] for f in c.list_functions()["Functions"]] + [
            m["UUID"] for m in c.list_event_source_mappings()["EventSourceMappings"]],
        "iam": lambda c: [r["RoleName"] for r in c.list_roles()["Roles"]],
        "sqs": lambda c: c.list_queues().get("QueueUrls", []),
        "s3": lambda c: [b["Name"] for b in c.list_buckets()["Buckets"]],
        "logs": lambda c: [g["logGroupName"] for g in c.describe_log_groups()["logGroups"]],
        "cloudwatch": lambda c: [a["AlarmName"] for p in c.get_paginator("describe_alarms").paginate() for a in p["MetricAlarms"]] + [
            d["DashboardName"] for d in c.list_dashboards()["DashboardEntries"]],
        "scheduler": lambda c: [s["Name"] for s in c.list_schedules()["Schedules"]] + [
            g["Name"] for g in c.list_schedule_groups()["ScheduleGroups"]],
        "secretsmanager": lambda c: [s["Name"] for s in c.list_secrets()["SecretList"]],
        "apigatewayv2": lambda c: [a["Name"] for a in c.get_apis()["Items"]] + [d["DomainName"] for d in c.get_domain_names()["Items"]],
        "sns": lambda c: [t["TopicArn"] for t in c.list_topics()["Topics"]],
        # A key is not deleted but scheduled to be; and moto makes its own, as AWS does for its services.
        "kms": lambda c: [m["Description"] for k in c.list_keys()["Keys"]
                          for m in [c.describe_key(KeyId=k["KeyId"])["KeyMetadata"]]
                          if m["KeyState"] == "Enabled" and m["Description"] != "Default key"],
        "route53": lambda c: [r["Name"] + r["Type"] for z in c.list_hosted_zones()["HostedZones"]
                              for r in c.list_resource_record_sets(HostedZoneId=z["Id"])["ResourceRecordSets"]],
    }
    for service, found in account.items():
        for name in sorted(found(boto3.client(service))):
            yield f"{service} {name}"


if __name__ == "__main__":
    print("\n".join(names()))
