# Logs, and the alarms that wake somebody. Each alarm's description says what it means for agents and where to look first.
#
# Lockstep's own metrics come out of its logs (CloudWatch embedded metric format), so no function needs the right to
# publish metrics, and a metric costs no call.

locals {
  own_metrics   = "Lockstep"
  alarm_actions = var.alarm_topic_arn[*]

  # Alarms on a sum over all values of its dimensions (platform, function, reason, connection), whatever they are: an
  # ordinary alarm would have to name each of them, and would miss the one that nobody thought of.
  summed_alarms = {
    platform-throttled = {
      metric  = "PlatformThrottled", threshold = var.alarm_thresholds.platform_throttled, period = 300, periods = 1
      meaning = "A platform answers 429: bulk work is paused and changes arrive late. See docs/limits-and-tuning.md."
    }
    platform-errors = {
      metric  = "PlatformErrors", threshold = var.alarm_thresholds.platform_errors, period = 300, periods = 3
      meaning = "A platform has refused or failed writes for a quarter of an hour. Run the doctor; compare with the platform's own status page."
    }
    failed-reads = {
      metric  = "PlatformReads", where = "Outcome != 'Done'", threshold = var.alarm_thresholds.failed_reads, period = 300, periods = 3
      meaning = "A platform or a schedule could not be read for a quarter of an hour: what people change there comes late or not at all. Run the doctor: a permission may be gone."
    }
    loop-suspected = {
      metric  = "LoopSuspected", threshold = 1, period = 300, periods = 1
      meaning = "Something else keeps overwriting an agent's status, and Lockstep has stopped answering it: look for a second synchroniser."
    }
    failed-requests = {
      metric  = "Failed", threshold = var.alarm_thresholds.errors, period = 300, periods = 1
      meaning = "A function answered 503 because of something that nobody foresaw, so Lambda counts no error. Search its log group for \"failed:\"; whoever can sends the event again."
    }
    agents-failed = {
      metric  = "AgentsFailed", threshold = 1, period = 300, periods = 3
      meaning = "For a quarter of an hour something has gone wrong with some agent in every run, and with nobody else: the log names who (\"left to the next run\"). Mend the item, or go back to the version that wrote it."
    }
    agents-left = {
      metric  = "AgentsLeft", threshold = 1, period = 300, periods = 6
      meaning = "Runs over many agents have ended before all were done for half an hour: changes arrive late. See AgentsLeft in docs/limits-and-tuning.md."
    }
    refused = {
      # An unknown address or agent is somebody's mistake and no attack; what could not be taken just now is the gateway's 5xx.
      where   = "Reason != 'UNKNOWN' AND Reason != 'UNKNOWN_AGENT' AND Reason != 'UNAVAILABLE'"
      metric  = "Refused", threshold = var.alarm_thresholds.refused, period = 300, periods = 2
      meaning = "Many requests with a wrong key, signature or token: a key was rotated on one side only, or somebody is trying."
    }
    unknown-line = {
      metric  = "UnknownLine", threshold = var.alarm_thresholds.unknown_lines, period = 3600, periods = 1
      meaning = "Phones report calls for lines that belong to no agent, so nobody is made busy. The doctor lists the lines."
    }
  }

  # How often a function runs by the clock, in seconds; once a day where its schedule is no rate.
  run_seconds = { for name, expression in local.schedules : name => try(
    tonumber(regex("^rate\\((\\d+) ", expression)[0]) * { minute = 60, hour = 3600, day = 86400 }[regex(" (minute|hour|day)s?\\)$", expression)[0]], 86400
  ) }

  # A run by the clock that fails is not repeated before the next: in five minutes most of them can fail but once. It is
  # two in an hour, one in each of two hours, or the one of a day.
  error_windows = { for name, seconds in local.run_seconds : name => {
    period    = seconds <= 3600 ? 3600 : 86400
    periods   = seconds > 1800 && seconds <= 3600 ? 2 : 1
    threshold = seconds <= 1800 ? 2 : 1
  } if seconds > 300 }

  # Alarms on one number each. What is not said is what most of them have: a sum in five minutes reaches the threshold.
  single_alarms = merge(
    { for name, function in local.functions : "${name}-errors" => {
      namespace = "AWS/Lambda", metric = "Errors", dimensions = { FunctionName = local.function_names[name] }
      period    = try(local.error_windows[name].period, 300)
      periods   = try(local.error_windows[name].periods, 1)
      threshold = try(local.error_windows[name].threshold, var.alarm_thresholds.errors)
      meaning   = "${name} fails (${function.about}). Events are healed by the retry queue and the sweep; if it stays red, look into its log group."
    } },
    { for name, function in local.functions : "${name}-throttles" => {
      namespace = "AWS/Lambda", metric = "Throttles", dimensions = { FunctionName = local.function_names[name] }
      threshold = var.alarm_thresholds.throttles
      meaning   = "${name} is refused an instance: raise the account's concurrency quota or the function's reserved_concurrency. A refused webhook of Dataverse is not repeated; the sweep heals it within a minute."
    } },
    # A schedule that stops is silent: these are missed when they do not run.
    { for name in ["sweep"] : "${name}-missing" => {
      namespace = "AWS/Lambda", metric = "Invocations", dimensions = { FunctionName = local.function_names[name] }
      threshold = 1, operator = "LessThanThreshold", periods = 2, missing = "breaching"
      meaning   = "${name} has not run for ten minutes: check the schedule group ${var.name}. While it is missing, lost events are not healed."
    } if contains(keys(local.schedules), name) },
    # A poll that fails is nobody's error: only that its last success grows old tells. The sweep publishes it, at night too.
    { for source in ["teams", "dynamics", "schedule:dynamics"] : "unread-${replace(source, ":", "-")}" => {
      metric    = "LastRead", dimensions = { Source = source }, statistic = "Maximum"
      threshold = var.alarm_thresholds.unread_minutes * 60, operator = "GreaterThanThreshold"
      meaning   = "All of ${source} was last read more than ${var.alarm_thresholds.unread_minutes} minutes ago: what people change there comes late or not at all. Run the doctor, and look into the log of sweep."
    } if contains(keys(local.schedules), "sweep") },
    # A table whose calls are held back answers late: events are answered 503, and runs leave agents to the next.
    { for pair in setproduct(keys(local.tables), ["Read", "Write"]) : "${pair[0]}-${lower(pair[1])}-throttles" => {
      namespace = "AWS/DynamoDB", metric = "${pair[1]}ThrottleEvents", dimensions = { TableName = local.tables[pair[0]] }
      threshold = var.alarm_thresholds.throttles, periods = 3
      meaning   = "DynamoDB has held back calls of the table ${pair[0]} for a quarter of an hour: events are answered 503 and runs leave agents to the next. Look for a single agent or key that is written all the time."
    } },
    # The sweep publishes it only while agents are signed in: nobody calls at night.
    { for source, minutes in var.alarm_thresholds.silence_minutes : "silence-${source}" => {
      metric    = "LastHeard", dimensions = { Source = source }, statistic = "Maximum"
      threshold = minutes * 60, operator = "GreaterThanThreshold", periods = 2
      meaning   = "No webhook from ${source} for ${minutes} minutes although agents are signed in. Snapshots keep Lockstep right, but late. Run the doctor: is the webhook registered, are its jobs failing?"
    } if minutes > 0 },
    {
      out-of-sync = {
        # A sweep that does not run has an alarm of its own. A minute without a count, which runs of different length leave
        # now and then, ends nothing: of each five minutes the least counts.
        metric    = "OutOfSync", statistic = "Minimum", periods = 2
        threshold = var.alarm_thresholds.agents_out_of_sync
        meaning   = "Agents have stood out of sync for ten minutes: some platform shows them wrongly. The dashboard lists who and why."
      }
      unreadable-agents = {
        metric  = "UnreadableAgents", statistic = "Minimum", periods = 2, threshold = 1
        meaning = "What is stored of some agent cannot be read, so nothing is done for them: the board names who. Mend the item, or go back to the version that wrote it."
      }
      credential-expiring = {
        # A day without the doctor makes no credential last longer.
        metric    = "CredentialDaysLeft", statistic = "Minimum", period = 86400, missing = "ignore"
        threshold = var.alarm_thresholds.credential_days_left, operator = "LessThanOrEqualToThreshold"
        meaning   = "A credential of the app registration, or a notification certificate, expires soon. After that no platform can be written."
      }
      schedule-failures = {
        namespace = "AWS/Scheduler", metric = "TargetErrorCount", dimensions = { ScheduleGroup = aws_scheduler_schedule_group.this.name }
        threshold = 1
        meaning   = "EventBridge Scheduler could not start a function: check the roles ${var.name}-schedule-* and throttling."
      }
      schedule-drops = {
        namespace = "AWS/Scheduler", metric = "InvocationDroppedCount", dimensions = { ScheduleGroup = aws_scheduler_schedule_group.this.name }
        threshold = 1, periods = 3
        meaning   = "EventBridge Scheduler has given up runs of a function for a quarter of an hour: what runs by the clock comes late. Check throttling and the account's concurrency."
      }
      oldest-retry = {
        namespace = "AWS/SQS", metric = "ApproximateAgeOfOldestMessage", dimensions = { QueueName = aws_sqs_queue.retry.name }
        statistic = "Maximum", period = 60, periods = 5, operator = "GreaterThanThreshold"
        threshold = var.alarm_thresholds.oldest_message_seconds
        meaning   = "An agent has waited too long in the retry queue: a platform is down, or retry.concurrency is too small for the load."
      }
      recursion-dropped = {
        namespace = "AWS/Lambda", metric = "RecursiveInvocationsDropped", dimensions = { FunctionName = local.function_names["sync"] }
        threshold = 1
        meaning   = "Lambda takes retries of sync for a loop and drops them: aws_lambda_function_recursion_config was changed. The sweep goes on, but late."
      }
      api-5xx = {
        namespace = "AWS/ApiGateway", metric = "5xx", dimensions = { ApiId = aws_apigatewayv2_api.this.id }
        threshold = var.alarm_thresholds.errors
        meaning   = "The gateway answers 5xx: callers see errors. Dataverse repeats an event once and only for 502 to 504."
      }
    },
  )

  # Alarms on what is worked out of several numbers.
  computed_alarms = merge(
    # Graph delays notifications where more than one answer in ten is late. Percentiles of a handful of requests are the
    # slowest of them, most often a cold start; and CloudWatch, left to judge for itself, never looks at the 99th of fewer
    # than a thousand.
    { for name, function in local.functions : "${name}-slow" => {
      expression = "IF(calls >= 20, slow, 0)", period = 900, periods = 2
      namespace  = "AWS/Lambda", metric = "Duration", dimensions = { FunctionName = local.function_names[name] }
      statistics = { calls = "SampleCount", slow = "p90" }
      threshold  = var.alarm_thresholds.slow_ms, operator = "GreaterThanThreshold"
      meaning    = "One request in ten to ${name} takes longer than its budget. Microsoft Graph delays, then drops notifications for endpoints that answer after 3 s."
    } if function.interactive },
    # What docs/limits-and-tuning.md promises. A call that is protected late lets routing offer work meanwhile.
    { for platform in ["dynamics", "teams"] : "late-${platform}" => {
      expression = "IF(shown >= 500, slowest, IF(shown >= 20, slow, 0))", period = 900, periods = 2
      namespace  = local.own_metrics, metric = "Convergence", dimensions = { Platform = platform, Way = "protecting" }
      statistics = { shown = "SampleCount", slow = "p90", slowest = "p99" }
      threshold  = var.alarm_thresholds.shown_seconds * 1000, operator = "GreaterThanThreshold"
      meaning    = "For half an hour ${platform} has shown calls and other reasons to keep work away later than promised, ${var.alarm_thresholds.shown_seconds} s after they came here. Look for errors, throttling and PlatformLatency on the dashboard, and run the doctor."
    } },
    {
      dead-letters = {
        # What lies there lies for two weeks: an alarm on how many would hide the next one.
        expression = "DIFF(letters)", period = 300, periods = 1
        namespace  = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = aws_sqs_queue.dead_letters.name }
        statistics = { letters = "Maximum" }
        threshold  = 1, operator = "GreaterThanOrEqualToThreshold"
        meaning    = "An agent could not be brought in line in ${var.retry.max_receive_count} tries. The sweep goes on trying; the message's agentId says whose timeline to read. Purge the queue afterwards."
      }
    },
  )

  tables = { for table in [
    aws_dynamodb_table.agents, aws_dynamodb_table.identities, aws_dynamodb_table.mappings, aws_dynamodb_table.timeline, aws_dynamodb_table.control
  ] : trimprefix(table.name, local.table_prefix) => table.name }

  function_names = { for name, function in aws_lambda_function.this : name => function.function_name }
}

resource "aws_cloudwatch_log_group" "function" {
  for_each = local.functions

  name              = "/aws/lambda/${var.name}-${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = local.kms_key_arn
  tags              = var.tags
}

# Under /aws/vendedlogs/, as AWS advises: the account's policy for log delivery has a limited size, and that prefix keeps
# single groups out of it.
resource "aws_cloudwatch_log_group" "api" {
  name              = "/aws/vendedlogs/${var.name}/api"
  retention_in_days = var.log_retention_days
  kms_key_id        = local.kms_key_arn
  tags              = var.tags
}

resource "aws_cloudwatch_metric_alarm" "single" {
  for_each = local.single_alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.meaning
  namespace           = try(each.value.namespace, local.own_metrics)
  metric_name         = each.value.metric
  dimensions          = try(each.value.dimensions, null)
  statistic           = try(each.value.statistic, "Sum")
  period              = try(each.value.period, 300)
  evaluation_periods  = try(each.value.periods, 1)
  datapoints_to_alarm = try(each.value.periods, 1)
  threshold           = each.value.threshold
  comparison_operator = try(each.value.operator, "GreaterThanOrEqualToThreshold")
  treat_missing_data  = try(each.value.missing, "notBreaching")
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "computed" {
  for_each = local.computed_alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.meaning
  evaluation_periods  = each.value.periods
  datapoints_to_alarm = each.value.periods
  threshold           = each.value.threshold
  comparison_operator = each.value.operator
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
  tags                = var.tags

  metric_query {
    id          = "result"
    label       = each.key
    expression  = each.value.expression
    return_data = true
  }

  dynamic "metric_query" {
    for_each = each.value.statistics

    content {
      id = metric_query.key
      metric {
        namespace   = each.value.namespace
        metric_name = each.value.metric
        dimensions  = each.value.dimensions
        period      = each.value.period
        stat        = metric_query.value
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "summed" {
  for_each = local.summed_alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.meaning
  evaluation_periods  = each.value.periods
  datapoints_to_alarm = each.value.periods
  threshold           = each.value.threshold
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
  tags                = var.tags

  metric_query {
    id          = "sum"
    label       = each.value.metric
    expression  = join(" WHERE ", compact(["SELECT SUM(${each.value.metric}) FROM \"${local.own_metrics}\"", try(each.value.where, "")]))
    period      = each.value.period
    return_data = true
  }
}
