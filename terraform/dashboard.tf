# Top to bottom: is anybody out of sync, who and why, is it us or a platform, is news still coming in.

locals {
  # CloudWatch reads decisions from the logs of every function that synchronises.
  deciding = sort([for name, function in local.functions : name if contains(function.grants, "move-agents")])
  log_sources = join(" | ", [for name in local.deciding :
  "SOURCE '${aws_cloudwatch_log_group.function[name].name}'"])

  # Every decision that changed something, or met a refusal, is one line of the log. `answers` says for each platform what
  # was written and how it ended: "done", or the condition and what heals it.
  decision_line = "parse @message \"agent=* trigger=* correlationId=* before=* after=* because=* answers=* millis=*\" as agent, event, correlation, before, after, because, answers, millis"
  unhealed      = "(Pending|Unconfirmed|Throttled|PermissionMissing|Unmapped|LoopSuspected)"
  # The sweep counts each minute, and says so when nobody is left: the latest count is what is so.
  out_of_sync_now = <<-EOT
    SOURCE '${aws_cloudwatch_log_group.function["sweep"].name}' | parse @message "census outOfSync=* who=[*]" as outOfSync, who
    | filter ispresent(outOfSync)
    | stats latest(@timestamp) as asOf, latest(outOfSync) as agents, latest(who) as platforms
  EOT

  out_of_sync_causes = <<-EOT
    ${local.log_sources} | ${local.decision_line}
    | filter answers like /: ${local.unhealed}:/
    | parse answers /(?<platform>[a-z0-9-]+)=[^=]*: (?<condition>Pending|Unconfirmed|Throttled|PermissionMissing|Unmapped|LoopSuspected):/
    | stats count_distinct(agent) as agents, count(*) as times by platform, condition
    | sort agents desc
  EOT

  dashboard = {
    widgets = [
      {
        type = "alarm", x = 0, y = 0, width = 24, height = 4
        properties = {
          title  = "What needs somebody now"
          sortBy = "stateUpdatedTimestamp"
          states = ["ALARM"]
          alarms = concat(
            [for alarm in aws_cloudwatch_metric_alarm.single : alarm.arn],
            [for alarm in aws_cloudwatch_metric_alarm.summed : alarm.arn],
            [for alarm in aws_cloudwatch_metric_alarm.computed : alarm.arn],
          )
        }
      },
      {
        type = "metric", x = 0, y = 4, width = 8, height = 6
        properties = {
          title = "Agents out of sync", region = local.region, view = "timeSeries", stat = "Maximum", period = 60
          yAxis = { left = { min = 0 } }
          metrics = [
            [local.own_metrics, "OutOfSync", { label = "agents out of sync" }],
            [{ expression = "SELECT SUM(LoopSuspected) FROM \"${local.own_metrics}\"", label = "loops suspected", id = "loops" }],
          ]
        }
      },
      {
        type = "log", x = 8, y = 4, width = 16, height = 6
        properties = {
          title = "Who is out of sync, and why", region = local.region, view = "table", query = local.out_of_sync_now
        }
      },
      {
        type = "log", x = 0, y = 10, width = 8, height = 6
        properties = {
          title = "Writes that did not work, by platform and cause", region = local.region, view = "table", query = local.out_of_sync_causes
        }
      },
      {
        type = "metric", x = 8, y = 10, width = 8, height = 6
        properties = {
          title = "Platforms: writes, errors, throttling, failed reads", region = local.region, view = "timeSeries", stat = "Sum", period = 60
          metrics = [
            [{ expression = "SELECT SUM(PlatformWrites) FROM \"${local.own_metrics}\" GROUP BY Platform", label = "writes", id = "writes" }],
            [{ expression = "SELECT SUM(PlatformErrors) FROM \"${local.own_metrics}\" GROUP BY Platform", label = "errors", id = "errors" }],
            [{ expression = "SELECT SUM(PlatformThrottled) FROM \"${local.own_metrics}\" GROUP BY Platform", label = "answered 429", id = "throttled" }],
            [{ expression = "SELECT SUM(PlatformReads) FROM \"${local.own_metrics}\" WHERE Outcome != 'Done' GROUP BY Platform", label = "not read", id = "unread" }],
          ]
        }
      },
      {
        type = "metric", x = 16, y = 10, width = 8, height = 6
        properties = {
          title = "From an event until it shows (ms)", region = local.region, view = "timeSeries", period = 60
          metrics = [
            [{ expression = "SEARCH('{${local.own_metrics},Platform,Way} MetricName=\"Convergence\"', 'p50', 60)", label = "median", id = "median" }],
            [{ expression = "SEARCH('{${local.own_metrics},Platform,Way} MetricName=\"Convergence\"', 'p99', 60)", label = "p99", id = "slowest" }],
            [{ expression = "SEARCH('{${local.own_metrics},Platform} MetricName=\"PlatformLatency\"', 'p99', 60)", label = "p99 of writing", id = "writing" }],
          ]
        }
      },
      {
        type = "metric", x = 0, y = 16, width = 8, height = 6
        properties = {
          title = "Seconds since each source was heard, or read", region = local.region, view = "timeSeries", period = 300
          metrics = [
            [{ expression = "SEARCH('{${local.own_metrics},Source} MetricName=\"LastHeard\"', 'Maximum', 300)", label = "heard", id = "heard" }],
            [{ expression = "SEARCH('{${local.own_metrics},Source} MetricName=\"LastRead\"', 'Maximum', 300)", label = "read", id = "read" }],
          ]
        }
      },
      {
        type = "metric", x = 8, y = 16, width = 8, height = 6
        properties = {
          title = "Retry queue", region = local.region, view = "timeSeries", stat = "Maximum", period = 60
          metrics = [
            ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", aws_sqs_queue.retry.name, { label = "waiting" }],
            ["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", aws_sqs_queue.retry.name, { label = "oldest (s)", yAxis = "right" }],
            ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", aws_sqs_queue.dead_letters.name, { label = "dead letters" }],
            [local.own_metrics, "LeftToSweep", { label = "left to the sweep", stat = "Sum" }],
            [local.own_metrics, "BulkWaiting", { label = "bulk work still to come" }],
          ]
        }
      },
      {
        type = "metric", x = 16, y = 16, width = 8, height = 6
        properties = {
          title = "Refused, unknown lines, credentials", region = local.region, view = "timeSeries", stat = "Sum", period = 300
          metrics = [
            [{ expression = "SELECT SUM(Refused) FROM \"${local.own_metrics}\" GROUP BY Function", label = "refused", id = "refused" }],
            [{ expression = "SELECT SUM(Failed) FROM \"${local.own_metrics}\" GROUP BY Function", label = "failed", id = "failed" }],
            [{ expression = "SELECT SUM(UnknownLine) FROM \"${local.own_metrics}\" GROUP BY Connection", label = "unknown lines", id = "lines" }],
            [local.own_metrics, "CredentialDaysLeft", { label = "days left of the next credential", stat = "Minimum", yAxis = "right", period = 86400 }],
          ]
        }
      },
      {
        type = "metric", x = 0, y = 22, width = 12, height = 6
        properties = {
          title = "Functions: p99 (ms)", region = local.region, view = "timeSeries", stat = "p99", period = 300
          metrics = [for name in sort(keys(local.functions)) :
          ["AWS/Lambda", "Duration", "FunctionName", aws_lambda_function.this[name].function_name, { label = name }]]
        }
      },
      {
        type = "metric", x = 12, y = 22, width = 12, height = 6
        properties = {
          title = "Functions: errors and throttles", region = local.region, view = "timeSeries", stat = "Sum", period = 300
          metrics = concat([for name in sort(keys(local.functions)) : [
            ["AWS/Lambda", "Errors", "FunctionName", aws_lambda_function.this[name].function_name, { label = "${name} errors" }],
            ["AWS/Lambda", "Throttles", "FunctionName", aws_lambda_function.this[name].function_name, { label = "${name} throttles" }],
          ]]...)
        }
      },
      {
        type = "metric", x = 0, y = 28, width = 12, height = 6
        properties = {
          title = "Store: writes and decisions; what became of events", region = local.region, view = "timeSeries", stat = "Sum", period = 300
          metrics = [
            [{ expression = "SELECT SUM(Decisions) FROM \"${local.own_metrics}\"", label = "decisions", id = "decisions" }],
            [{ expression = "SELECT SUM(StoreWrites) FROM \"${local.own_metrics}\"", label = "writes to the store", id = "writes" }],
            [{ expression = "SELECT SUM(IntakeOutcomes) FROM \"${local.own_metrics}\" GROUP BY Outcome", label = "events", id = "outcomes" }],
          ]
        }
      },
      {
        type = "metric", x = 12, y = 28, width = 12, height = 6
        properties = {
          title = "Agents apart: left, failed, unreadable, full, refused by Graph", region = local.region, view = "timeSeries", stat = "Sum", period = 300
          metrics = [
            [{ expression = "SELECT SUM(AgentsLeft) FROM \"${local.own_metrics}\" GROUP BY Run", label = "left", id = "left" }],
            [{ expression = "SELECT SUM(AgentsFailed) FROM \"${local.own_metrics}\" GROUP BY Run", label = "failed", id = "failed" }],
            [{ expression = "SELECT SUM(FullItems) FROM \"${local.own_metrics}\" GROUP BY What", label = "full", id = "full" }],
            [local.own_metrics, "UnreadableAgents", { label = "unreadable", stat = "Maximum" }],
            [local.own_metrics, "RefusedIds", { label = "refused by Graph" }],
          ]
        }
      },
      {
        type = "metric", x = 0, y = 34, width = 12, height = 6
        properties = {
          title = "Gateway", region = local.region, view = "timeSeries", stat = "Sum", period = 300
          metrics = [
            ["AWS/ApiGateway", "Count", "ApiId", aws_apigatewayv2_api.this.id, { label = "requests" }],
            ["AWS/ApiGateway", "4xx", "ApiId", aws_apigatewayv2_api.this.id, { label = "4xx" }],
            ["AWS/ApiGateway", "5xx", "ApiId", aws_apigatewayv2_api.this.id, { label = "5xx" }],
          ]
        }
      },
    ]
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name
  dashboard_body = jsonencode(local.dashboard)
}
