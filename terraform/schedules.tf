locals {
  default_schedules = {
    # With what it is told below it passes over everybody for the watch of Teams and for the schedules too, whose own
    # functions are started by hand.
    sweep     = "rate(1 minute)"
    directory = "rate(1 hour)"
    # Presence subscriptions live for an hour; this leaves room for several failures.
    teams-subscriptions = "rate(10 minutes)"
    # Publishes the days that credentials have left. With an empty event it changes nobody's status.
    doctor = "rate(1 day)"
  }

  # What a schedule tells its function: Teams is watched until shortly before the next run begins.
  schedule_events = { sweep = { seconds = 55 } }

  wanted_schedules = merge(local.default_schedules, local.notified ? {} : { teams-subscriptions = null }, var.schedules)

  schedules = { for name, expression in local.wanted_schedules : name => expression if expression != null }
}

resource "aws_scheduler_schedule_group" "this" {
  name = var.name
  tags = var.tags
}

resource "aws_scheduler_schedule" "this" {
  for_each = local.schedules

  name                = "${var.name}-${each.key}"
  description         = local.functions[each.key].about
  group_name          = aws_scheduler_schedule_group.this.name
  schedule_expression = each.value

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_alias.live[each.key].arn
    role_arn = aws_iam_role.schedule[each.key].arn
    input    = jsonencode(lookup(local.schedule_events, each.key, {}))

    # The next run is the retry.
    retry_policy {
      maximum_retry_attempts       = 0
      maximum_event_age_in_seconds = 60
    }
  }
}

resource "aws_iam_role" "schedule" {
  for_each = local.schedules

  name                 = "${var.name}-schedule-${each.key}"
  description          = "Lets EventBridge Scheduler run ${each.key}"
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "scheduler.amazonaws.com" }
      # Only this deployment's schedules, so that nobody else's can borrow the role (the confused deputy).
      Condition = { StringEquals = { "aws:SourceAccount" = local.account, "aws:SourceArn" = aws_scheduler_schedule_group.this.arn } }
    }]
  })
}

resource "aws_iam_role_policy" "schedule" {
  for_each = local.schedules

  name = "run-${each.key}"
  role = aws_iam_role.schedule[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "Run"
      Effect   = "Allow"
      Action   = ["lambda:InvokeFunction"]
      Resource = [aws_lambda_alias.live[each.key].arn]
    }]
  })
}
