"""Puts a mapping, an agent, an identity, an event and a counter into the tables, as the code does, and reads them back by
every key and index that it uses.

    seed.py '{"agents": "lockstep-agents", "identities": …}'
"""

import json
import sys
import time

import boto3

MAPPING = """\
dynamics:
  On a call: {means: onACall, use: ours}
"""


def main():
    tables = json.loads(sys.argv[1])
    dynamo = boto3.client("dynamodb")

    dynamo.transact_write_items(TransactItems=[{"Update": {
        "TableName": tables["mappings"],
        "Key": {"scope": {"S": "default"}},
        "UpdateExpression": "SET #text = :text ADD version :one",
        "ExpressionAttributeNames": {"#text": "text"},
        "ExpressionAttributeValues": {":text": {"S": MAPPING}, ":one": {"N": "1"}},
    }}])
    mapping = dynamo.get_item(TableName=tables["mappings"], Key={"scope": {"S": "default"}}, ConsistentRead=True)["Item"]
    assert mapping["text"]["S"] == MAPPING and mapping["version"]["N"] == "1", mapping

    dynamo.put_item(TableName=tables["identities"], Item={"identity": {"S": "phone#desk#1042"}, "agentId": {"S": "rita"}})
    owner = dynamo.get_item(TableName=tables["identities"], Key={"identity": {"S": "phone#desk#1042"}})["Item"]
    assert owner["agentId"]["S"] == "rita", owner

    agent = {
        "agentId": {"S": "rita"}, "version": {"N": "1"}, "dueShard": {"S": "3"}, "dueAt": {"N": "1790000000.5"},
        "team": {"S": "priority"}, "name": {"S": "Rita Rep"}, "status": {"S": "onACall"}, "since": {"S": "2026-11-22T10:00:00Z"},
        "view": {"S": "{}"}, "state": {"S": "{}"}, "pulse": {"B": b"\x01\x00\x00"},
    }
    new = {"TableName": tables["agents"], "Item": agent, "ConditionExpression": "attribute_not_exists(agentId)"}
    dynamo.put_item(**new)
    try:
        dynamo.put_item(**new, ReturnValuesOnConditionCheckFailure="ALL_OLD")
        raise AssertionError("an agent was put over another")
    except dynamo.exceptions.ConditionalCheckFailedException as taken:
        assert taken.response["Item"]["agentId"]["S"] == "rita", taken.response

    pulses = dynamo.query(
        TableName=tables["agents"], IndexName="pulse", KeyConditionExpression="dueShard = :s",
        ExpressionAttributeValues={":s": {"S": "3"}})["Items"]
    assert [sorted(item) for item in pulses] == [["agentId", "dueAt", "dueShard", "pulse"]], pulses

    many = dynamo.batch_get_item(RequestItems={tables["agents"]: {"Keys": [{"agentId": {"S": "rita"}}]}})["Responses"]
    assert len(many[tables["agents"]]) == 1, many

    team = dynamo.query(
        TableName=tables["agents"], IndexName="team", KeyConditionExpression="team = :t",
        ExpressionAttributeValues={":t": {"S": "priority"}})["Items"]
    assert [sorted(item) for item in team] == [["agentId", "name", "since", "status", "team", "view"]], team

    soon = {"N": str(int(time.time()) + 3600)}
    dynamo.put_item(TableName=tables["timeline"], Item={
        "agentId": {"S": "rita"}, "at": {"S": "2026-11-22T10:00:00.000000000Z#1"}, "expiresAt": soon})
    events = dynamo.query(
        TableName=tables["timeline"], KeyConditionExpression="agentId = :a AND #at >= :f", ScanIndexForward=False,
        ExpressionAttributeNames={"#at": "at"}, ExpressionAttributeValues={":a": {"S": "rita"}, ":f": {"S": "2026-11-22"}})["Items"]
    assert len(events) == 1, events

    dynamo.update_item(
        TableName=tables["control"], Key={"key": {"S": "budget#dynamics#1"}},
        UpdateExpression="ADD #value :n SET expiresAt = if_not_exists(expiresAt, :e)",
        ExpressionAttributeNames={"#value": "value"}, ExpressionAttributeValues={":n": {"N": "1"}, ":e": soon})
    for table in ("timeline", "control"):
        lives = dynamo.describe_time_to_live(TableName=tables[table])["TimeToLiveDescription"]
        assert lives["TimeToLiveStatus"] in ("ENABLED", "ENABLING") and lives["AttributeName"] == "expiresAt", lives


if __name__ == "__main__":
    main()
