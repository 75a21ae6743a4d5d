output "url" {
  description = "Where the API, the board and the webhooks are reached."
  value       = local.public_url
}

output "webhook_urls" {
  description = "What to enter in Dataverse, in Microsoft Graph (both done by scripts or functions) and in phone systems, where `{connection}` is the connection's name."
  value = {
    dynamics        = "${local.public_url}/dynamics"
    teams           = "${local.public_url}/teams"
    teams_lifecycle = "${local.public_url}/teams/lifecycle"
    phone           = "${local.public_url}/phone/{connection}"
  }
}

output "domain_target" {
  description = "What the domain's record must point at, when the record is not made here."
  value       = try(aws_apigatewayv2_domain_name.this[0].domain_name_configuration[0].target_domain_name, null)
}

output "functions" {
  description = "The functions' names in Lambda by their names in Lockstep. Administrators invoke `config` and `doctor`."
  value       = { for name, function in aws_lambda_function.this : name => function.function_name }
}

output "function_arns" {
  description = "What to allow for whom: the ARNs that triggers and administrators invoke."
  value       = { for name, alias in aws_lambda_alias.live : name => alias.arn }
}

output "role_arns" {
  description = "The functions' roles."
  value       = { for name, role in aws_iam_role.function : name => role.arn }
}

output "policies" {
  description = "What each function may do, as JSON: for reviews and audits."
  value       = { for name, policy in aws_iam_role_policy.function : name => policy.policy }
}

output "tables" {
  description = "The tables' names."
  value = {
    agents     = aws_dynamodb_table.agents.name
    identities = aws_dynamodb_table.identities.name
    mappings   = aws_dynamodb_table.mappings.name
    timeline   = aws_dynamodb_table.timeline.name
    control    = aws_dynamodb_table.control.name
  }
}

output "queue_url" {
  description = "The retry queue."
  value       = aws_sqs_queue.retry.url
}

output "dead_letter_queue_url" {
  description = "Agents whose platforms could not be written in many tries."
  value       = aws_sqs_queue.dead_letters.url
}

output "kms_key_arn" {
  description = "The key that everything is encrypted with."
  value       = local.kms_key_arn
}

output "secrets" {
  description = "Secrets whose values are put in by hand: the app registration's credential, the key of the Dataverse webhook and, where people sign in with a browser, that registration's credential and the keys of sessions."
  value       = local.secret_arns
}

output "secret_folders" {
  description = "Names under which the secrets of phone connections and third-party applications are readable without an apply."
  value = {
    phones       = "${var.name}/phones/"
    applications = "${var.name}/applications/"
  }
}

output "dashboard_url" {
  description = "Who is out of sync, and why."
  value = join("", [
    "https://${local.region}.",
    lookup({ aws-cn = "console.amazonaws.cn", aws-us-gov = "console.amazonaws-us-gov.com" }, local.partition, "console.aws.amazon.com"),
    "/cloudwatch/home?region=${local.region}#dashboards/dashboard/${aws_cloudwatch_dashboard.this.dashboard_name}",
  ])
}
