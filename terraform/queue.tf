# Agents whose platforms could not all be written, as `{"agentId": "…"}`: the message says who, never what, so an old one
# does no harm and a lost one is found by the sweep.

resource "aws_sqs_queue" "retry" {
  name = "${var.name}-retry"

  # As long as the function may work, twice. AWS' usual six times is for queues whose function is throttled; here the
  # mapping itself limits how many run at once, and a message that waits for its turn should not wait for long.
  visibility_timeout_seconds = 2 * local.settled["sync"].timeout
  # The sweep finds within a minute whom a message would have named; a day only bounds a stuck queue.
  message_retention_seconds         = 86400
  kms_master_key_id                 = local.kms_key_arn
  kms_data_key_reuse_period_seconds = 300
  tags                              = var.tags

  lifecycle {
    # Set by aws_sqs_queue_redrive_policy below, and read back here.
    ignore_changes = [redrive_policy]
  }
}

resource "aws_sqs_queue" "dead_letters" {
  name                              = "${var.name}-dead-letters"
  message_retention_seconds         = 1209600
  kms_master_key_id                 = local.kms_key_arn
  kms_data_key_reuse_period_seconds = 300
  tags                              = var.tags

  # Only the retry queue may leave its dead letters here.
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.retry.arn]
  })
}

# On its own, because the two queues name each other.
resource "aws_sqs_queue_redrive_policy" "retry" {
  queue_url = aws_sqs_queue.retry.id
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    maxReceiveCount     = var.retry.max_receive_count
  })
}

resource "aws_sqs_queue_policy" "tls" {
  for_each = { retry = aws_sqs_queue.retry, dead_letters = aws_sqs_queue.dead_letters }

  queue_url = each.value.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyOverTls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = each.value.arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# How many instances all functions of the account may run at once. A new account has ten, whatever is documented.
data "aws_servicequotas_service_quota" "concurrent_executions" {
  count = var.retry.concurrency == null ? 1 : 0

  service_code = "lambda"
  quota_code   = "L-B99A9384"
}

locals {
  concurrent_executions = one(data.aws_servicequotas_service_quota.concurrent_executions[*].value)
  is_new_account        = local.concurrent_executions == null ? false : local.concurrent_executions < 100

  retry_concurrency = coalesce(var.retry.concurrency, local.is_new_account ? 2 : min(8, floor(40 / var.retry.batch_size)))
}

check "concurrent_executions" {
  assert {
    condition     = !local.is_new_account
    error_message = "Lambda runs only ${coalesce(local.concurrent_executions, 0)} functions at once in this account and region, so webhooks are refused when many agents change, and AWS refuses reserved_concurrency and provisioned_concurrency. Retries are held to 2 at a time meanwhile. Ask for 1000: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000. Then apply again."
  }
}

resource "aws_lambda_event_source_mapping" "retry" {
  event_source_arn = aws_sqs_queue.retry.arn
  function_name    = aws_lambda_alias.live["sync"].arn
  batch_size       = var.retry.batch_size

  # One agent's failure sends back that agent's message alone.
  function_response_types = ["ReportBatchItemFailures"]

  # Bulk work must leave the platforms room for events: Dataverse allows 52 requests at once per application user.
  scaling_config {
    maximum_concurrency = local.retry_concurrency
  }
}

# `sync` sends to its own queue what is to be tried again: while a platform is down, and while many wait for their turn.
# Lambda would take that for a loop after about 16 rounds and drop the messages. The waits grow, and the sweep needs no
# message.
resource "aws_lambda_function_recursion_config" "sync" {
  function_name  = aws_lambda_function.this["sync"].function_name
  recursive_loop = "Allow"
}
