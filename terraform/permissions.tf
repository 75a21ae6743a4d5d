# One role per function. What it may do is put together from policies/: each file there is a list of statements for one
# ability ("resolve-agents", "take-retries"), and functions.tf says which abilities a function has. Every statement names
# its actions and resources; the two that cannot name a resource say why below.

locals {
  # Where AWS offers no narrower resource, by statement:
  #   Trace        X-Ray's write actions know no resource (service authorization reference, "Actions for AWS X-Ray").
  #   JoinNetwork  the network interfaces of a function in a VPC do not exist before it does; Lambda refuses to create
  #                the function when these actions are bound to resources (Lambda developer guide, "VPC execution role").
  # JSON has no comments, so the reasons stand here; the tests let no other statement use `*`.

  policy_values = {
    region     = local.region
    dns_suffix = data.aws_partition.current.dns_suffix

    agents     = aws_dynamodb_table.agents.arn
    identities = aws_dynamodb_table.identities.arn
    mappings   = aws_dynamodb_table.mappings.arn
    timeline   = aws_dynamodb_table.timeline.arn
    control    = aws_dynamodb_table.control.arn

    queue   = aws_sqs_queue.retry.arn
    kms_key = local.kms_key_arn
    # Secrets made here use the module's key; others what their owner chose.
    secret_keys = concat([local.kms_key_arn], var.secret_kms_key_arns)

    entra_secrets        = distinct(concat([local.secret_arns.entra], values(local.registration_credentials)))
    dynamics_key_secret  = local.secret_arns.dynamics_webhook_key
    browser_secrets      = local.signs_in ? [local.secret_arns.browser_sign_in, local.secret_arns.session_keys] : []
    session_secrets      = local.signs_in ? [local.secret_arns.session_keys] : []
    phone_secrets        = local.phone_secret_arns
    application_secrets  = local.application_secret_arns
    service_user_secrets = try(var.teams_notifications.service_user_secret_arns, [])
    notification_secrets = try(concat(
      var.teams_notifications.certificate_secret_arns, [var.teams_notifications.client_state_secret_arn],
    ), [])
  }

  policies = { for name, function in local.functions : name => concat(
    ["every-function"],
    var.tracing ? ["trace"] : [],
    var.network == null ? [] : ["join-network"],
    function.grants,
  ) }
}

resource "aws_iam_role" "function" {
  for_each = local.functions

  name                 = "${var.name}-${each.key}"
  description          = each.value.about
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "function" {
  for_each = local.policies

  name = each.key
  role = aws_iam_role.function[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = flatten([for grant in each.value : jsondecode(templatefile(
      "${path.module}/policies/${grant}.json.tftpl",
      merge(local.policy_values, { log_group = aws_cloudwatch_log_group.function[each.key].arn }),
    ))])
  })
}
