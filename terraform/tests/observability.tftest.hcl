mock_provider "aws" {
  source          = "./tests/aws"
  override_during = plan
}

variables {
  function_zip      = "versions.tf"
  entra             = { tenant_id = "11111111-0000-0000-0000-000000000001", client_id = "11111111-0000-0000-0000-000000000002" }
  dynamics_url      = "https://contoso.crm4.dynamics.com"
  api_authorization = { issuer = "https://login.microsoftonline.com/t/v2.0", audiences = ["lockstep-api"] }
}

run "alarms" {
  command = plan

  variables {
    alarm_topic_arn = "arn:aws:sns:eu-central-1:123456789012:operators"
  }

  assert {
    condition = alltrue([for name, f in aws_lambda_function.this : alltrue([for kind, metric in { errors = "Errors", throttles = "Throttles" } :
    aws_cloudwatch_metric_alarm.single["${name}-${kind}"].metric_name == metric && aws_cloudwatch_metric_alarm.single["${name}-${kind}"].dimensions == tomap({ FunctionName = f.function_name })])])
    error_message = "Every function is watched for errors and throttles."
  }

  assert {
    condition     = toset([for key, a in aws_cloudwatch_metric_alarm.computed : key if a.threshold == 2500]) == toset(["api-slow", "board-slow", "dynamics-change-slow", "phone-event-slow", "teams-change-slow"])
    error_message = "Functions that somebody waits for are watched for slowness, below Graph's three seconds."
  }

  assert {
    condition = alltrue([for platform in ["dynamics", "teams"] : aws_cloudwatch_metric_alarm.computed["late-${platform}"].threshold == 15000 && alltrue([
    for q in aws_cloudwatch_metric_alarm.computed["late-${platform}"].metric_query : one(q.metric).metric_name == "Convergence" && one(q.metric).dimensions == tomap({ Platform = platform, Way = "protecting" }) if q.return_data != true])])
    error_message = "What shows later than promised is an alarm, for each platform that shows."
  }

  assert {
    condition     = toset([for key, a in aws_cloudwatch_metric_alarm.single : key if a.treat_missing_data == "breaching" && a.comparison_operator == "LessThanThreshold"]) == toset(["sweep-missing"])
    error_message = "A schedule that stops is silent, so its silence must be the alarm."
  }

  assert {
    condition = toset(concat([for key, a in aws_cloudwatch_metric_alarm.single : key if a.namespace == "Lockstep"], keys(aws_cloudwatch_metric_alarm.summed))) == toset([
      "agents-failed", "agents-left", "credential-expiring", "failed-reads", "failed-requests", "loop-suspected", "out-of-sync", "platform-errors", "platform-throttled", "refused",
    "silence-dynamics", "unknown-line", "unread-dynamics", "unread-schedule-dynamics", "unread-teams", "unreadable-agents"])
    error_message = "An alarm of our own metrics is missing."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.single["credential-expiring"].treat_missing_data == "ignore" && aws_cloudwatch_metric_alarm.single["out-of-sync"].treat_missing_data == "notBreaching" && aws_cloudwatch_metric_alarm.single["silence-dynamics"].treat_missing_data == "notBreaching"
    error_message = "A day without the doctor must not end the alarm of a credential; nights, when nothing is published, are no alarm."
  }

  assert {
    condition     = alltrue([for key, a in aws_cloudwatch_metric_alarm.summed : startswith(one(a.metric_query).expression, "SELECT SUM(${local.summed_alarms[key].metric}) FROM \"Lockstep\"") && one(a.metric_query).return_data])
    error_message = "Alarms over dimensions must sum over whatever dimensions there are."
  }

  assert {
    condition     = one(aws_cloudwatch_metric_alarm.summed["failed-reads"].metric_query).expression == "SELECT SUM(PlatformReads) FROM \"Lockstep\" WHERE Outcome != 'Done'" && one(aws_cloudwatch_metric_alarm.summed["loop-suspected"].metric_query).expression == "SELECT SUM(LoopSuspected) FROM \"Lockstep\""
    error_message = "Only reads that failed are an alarm."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.single["silence-dynamics"].threshold == 3600 && aws_cloudwatch_metric_alarm.single["silence-dynamics"].dimensions == tomap({ Source = "dynamics" })
    error_message = "The webhook's silence is measured in seconds."
  }

  assert {
    condition     = one([for q in aws_cloudwatch_metric_alarm.computed["dead-letters"].metric_query : q.expression if q.return_data == true]) == "DIFF(letters)" && aws_cloudwatch_metric_alarm.single["oldest-retry"].metric_name == "ApproximateAgeOfOldestMessage"
    error_message = "The queue's age is watched, and every new dead letter."
  }

  assert {
    condition     = alltrue([for source in ["teams", "dynamics", "schedule:dynamics"] : aws_cloudwatch_metric_alarm.single["unread-${replace(source, ":", "-")}"].dimensions == tomap({ Source = source }) && aws_cloudwatch_metric_alarm.single["unread-${replace(source, ":", "-")}"].threshold == 900])
    error_message = "Each source that is read by the clock is watched for its last read, in seconds."
  }

  assert {
    condition     = toset([for key, a in aws_cloudwatch_metric_alarm.single : a.dimensions.TableName if a.namespace == "AWS/DynamoDB"]) == toset(["lockstep-agents", "lockstep-control", "lockstep-identities", "lockstep-mappings", "lockstep-timeline"])
    error_message = "Every table is watched for calls that are held back."
  }

  assert {
    condition     = alltrue([for key, a in aws_cloudwatch_metric_alarm.single : a.period * a.evaluation_periods <= (a.period < 3600 ? 86400 : 604800)])
    error_message = "CloudWatch looks back over a day, or over a week for periods of an hour and more."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.single["out-of-sync"].statistic == "Minimum" && aws_cloudwatch_metric_alarm.single["out-of-sync"].period == 300
    error_message = "A minute without a count must not end what stands out of sync."
  }

  assert {
    condition = alltrue([for a in concat(
      values(aws_cloudwatch_metric_alarm.computed), values(aws_cloudwatch_metric_alarm.single), values(aws_cloudwatch_metric_alarm.summed)) :
    a.alarm_actions == toset(["arn:aws:sns:eu-central-1:123456789012:operators"]) && a.ok_actions == a.alarm_actions && length(a.alarm_description) > 40])
    error_message = "Every alarm tells the topic, and says in words what it means."
  }
}

run "silence_can_be_switched_off" {
  command = plan

  variables {
    alarm_thresholds = { silence_minutes = { dynamics = 0, phone = 240 }, agents_out_of_sync = 1 }
  }

  assert {
    condition     = [for key, a in aws_cloudwatch_metric_alarm.single : key if a.metric_name == "LastHeard"] == ["silence-phone"] && aws_cloudwatch_metric_alarm.single["out-of-sync"].threshold == 1
    error_message = "Zero minutes mean no alarm; other thresholds keep their defaults."
  }

  assert {
    condition     = length(coalesce(aws_cloudwatch_metric_alarm.single["api-errors"].alarm_actions, [])) == 0
    error_message = "Without a topic nobody is told."
  }
}

run "the_dashboard_answers" {
  command = plan

  assert {
    condition = alltrue([for title in ["Who is out of sync, and why", "Writes that did not work, by platform and cause", "Agents out of sync", "Seconds since each source was heard, or read", "Retry queue"] :
    contains([for w in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : w.properties.title], title)])
    error_message = "The dashboard must say who is out of sync, and why."
  }

  assert {
    condition = alltrue([for w in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets :
    strcontains(w.properties.query, "SOURCE '/aws/lambda/lockstep-sweep'") && strcontains(w.properties.query, "latest(outOfSync)") if w.properties.title == "Who is out of sync, and why"])
    error_message = "Who is out of sync is what the latest count says, not what was met last in each agent's log."
  }

  assert {
    condition = alltrue(flatten([for w in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : [
      for f in ["dynamics-change", "phone-event", "sync", "sweep", "teams-watch"] : strcontains(w.properties.query, "SOURCE '/aws/lambda/lockstep-${f}'")
    ] if w.type == "log" && w.properties.title != "Who is out of sync, and why"]))
    error_message = "Decisions are made in many functions; the queries must read all their logs."
  }

  assert {
    condition     = alltrue([for w in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : w.x + w.width <= 24])
    error_message = "A row is 24 wide."
  }

  assert {
    condition     = alltrue(flatten([for w in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets : [for m in try(w.properties.metrics, []) : can(m[0])]]))
    error_message = "Metrics of a widget are lists."
  }
}

run "logs_are_kept_encrypted_and_for_a_time" {
  command = plan

  variables {
    log_retention_days = 90
  }

  assert {
    condition     = alltrue([for g in concat(values(aws_cloudwatch_log_group.function), [aws_cloudwatch_log_group.api]) : g.retention_in_days == 90 && g.kms_key_id == "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"])
    error_message = "Every log has the retention and the key."
  }
}
