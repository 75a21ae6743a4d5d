# Top to bottom: is anybody out of sync, who and why, is it us or a platform, is news still coming in.

locals {
  # CloudWatch reads decisions from the logs of every function that synchronises.
  deciding = sort([for name, function in local.functions : name if contains(function.grants, "move-agents")])
  log_sources = join(" | ", [for name in local.deciding :
  "SOURCE '${aws_cloudwatch_log_group.function[name].name}'"])

  # A decision is logged as one JSON line with agentId, platform, condition and because for each platform written.
  out_of_sync_now = <<-EOT
    ${local.log_sources} | fields @timestamp, agentId, platform, condition, because
    | filter ispresent(condition)
    | stats latest(condition) as now, latest(because) as why, latest(@timestamp) as since by agentId, platform
    | filter now not in ["InSync", "Off", "NotSignedIn"]
    | sort since asc
    | limit 100
  EOT

  out_of_sync_causes = <<-EOT
    ${local.log_sources} | fields @timestamp, agentId, platform, condition
    | filter ispresent(condition) and condition not in ["InSync", "Off", "NotSignedIn"]
    | stats count_distinct(agentId) as agents by platform, condition
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
            [for alarm in aws_cloudwatch_metric_alarm.own : alarm.arn],
            [for alarm in aws_cloudwatch_metric_alarm.silence : alarm.arn],
            [for alarm in aws_cloudwatch_metric_alarm.errors : alarm.arn],
            [for alarm in aws_cloudwatch_metric_alarm.throttles : alarm.arn],
            [for alarm in aws_cloudwatch_metric_alarm.p99 : alarm.arn],
            [for alarm in aws_cloudwatch_metric_alarm.heartbeat : alarm.arn],
            [
              aws_cloudwatch_metric_alarm.oldest_message.arn, aws_cloudwatch_metric_alarm.dead_letters.arn,
              aws_cloudwatch_metric_alarm.api_errors.arn, aws_cloudwatch_metric_alarm.schedule_failures.arn,
            ],
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
            [local.own_metrics, "LoopSuspected", { label = "loops suspected", stat = "Sum" }],
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
          title = "Agents by platform and cause", region = local.region, view = "table", query = local.out_of_sync_causes
        }
      },
      {
        type = "metric", x = 8, y = 10, width = 8, height = 6
        properties = {
          title = "Platforms: writes, errors, throttling", region = local.region, view = "timeSeries", stat = "Sum", period = 60
          metrics = [
            [local.own_metrics, "PlatformWrites", { label = "writes" }],
            [local.own_metrics, "PlatformErrors", { label = "errors" }],
            [local.own_metrics, "PlatformThrottled", { label = "answered 429" }],
          ]
        }
      },
      {
        type = "metric", x = 16, y = 10, width = 8, height = 6
        properties = {
          title = "From event to every platform (ms)", region = local.region, view = "timeSeries", period = 60
          metrics = [
            [local.own_metrics, "SyncLatency", { label = "median", stat = "p50" }],
            [local.own_metrics, "SyncLatency", { label = "p99", stat = "p99" }],
          ]
        }
      },
      {
        type = "metric", x = 0, y = 16, width = 8, height = 6
        properties = {
          title   = "Seconds since each source was heard", region = local.region, view = "timeSeries", period = 300
          metrics = [[{ expression = "SEARCH('{${local.own_metrics},source} MetricName=\"LastHeard\"', 'Maximum', 300)", id = "heard" }]]
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
          ]
        }
      },
      {
        type = "metric", x = 16, y = 16, width = 8, height = 6
        properties = {
          title = "Refused, unknown lines, credentials", region = local.region, view = "timeSeries", stat = "Sum", period = 300
          metrics = [
            [local.own_metrics, "Refused", { label = "refused" }],
            [local.own_metrics, "UnknownLine", { label = "unknown lines" }],
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
          title = "Store: writes and decisions", region = local.region, view = "timeSeries", stat = "Sum", period = 300
          metrics = [
            [local.own_metrics, "Decisions", { label = "decisions" }],
            [local.own_metrics, "StoreWrites", { label = "writes to the store" }],
          ]
        }
      },
      {
        type = "metric", x = 12, y = 28, width = 12, height = 6
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
