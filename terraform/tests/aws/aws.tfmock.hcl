# What AWS would answer, as far as other resources or the tests look at it. Everything else is made up by Terraform.

mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}

mock_data "aws_partition" {
  defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
}

mock_data "aws_servicequotas_service_quota" {
  defaults = { value = 1000 }
}

mock_data "aws_region" {
  defaults = { id = "eu-central-1", name = "eu-central-1" }
}

mock_resource "aws_kms_key" {
  defaults = { arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000" }
}

mock_resource "aws_s3_bucket" {
  defaults = { id = "artifacts", arn = "arn:aws:s3:::artifacts" }
}

mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::123456789012:role/some" }
}

mock_resource "aws_lambda_function" {
  defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:some", version = "$LATEST" }
}

mock_resource "aws_lambda_alias" {
  defaults = {
    arn        = "arn:aws:lambda:eu-central-1:123456789012:function:some:live"
    invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:some:live/invocations"
  }
}

mock_resource "aws_apigatewayv2_api" {
  defaults = {
    id            = "abc123"
    api_endpoint  = "https://abc123.execute-api.eu-central-1.amazonaws.com"
    execution_arn = "arn:aws:execute-api:eu-central-1:123456789012:abc123"
  }
}

mock_resource "aws_apigatewayv2_authorizer" {
  defaults = { id = "auth01" }
}

mock_resource "aws_apigatewayv2_domain_name" {
  defaults = { id = "presence.contoso.com" }
}

mock_resource "aws_scheduler_schedule_group" {
  defaults = { arn = "arn:aws:scheduler:eu-central-1:123456789012:schedule-group/lockstep" }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:of-this-function" }
}

mock_resource "aws_cloudwatch_metric_alarm" {
  defaults = { arn = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:some" }
}

override_resource {
  target = aws_dynamodb_table.agents
  values = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/lockstep-agents" }
}

override_resource {
  target = aws_dynamodb_table.identities
  values = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/lockstep-identities" }
}

override_resource {
  target = aws_dynamodb_table.mappings
  values = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/lockstep-mappings" }
}

override_resource {
  target = aws_dynamodb_table.timeline
  values = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/lockstep-timeline" }
}

override_resource {
  target = aws_dynamodb_table.control
  values = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/lockstep-control" }
}

override_resource {
  target = aws_sqs_queue.retry
  values = {
    arn = "arn:aws:sqs:eu-central-1:123456789012:lockstep-retry"
    id  = "https://sqs.eu-central-1.amazonaws.com/123456789012/lockstep-retry"
    url = "https://sqs.eu-central-1.amazonaws.com/123456789012/lockstep-retry"
  }
}

override_resource {
  target = aws_sqs_queue.dead_letters
  values = {
    arn = "arn:aws:sqs:eu-central-1:123456789012:lockstep-dead-letters"
    id  = "https://sqs.eu-central-1.amazonaws.com/123456789012/lockstep-dead-letters"
    url = "https://sqs.eu-central-1.amazonaws.com/123456789012/lockstep-dead-letters"
  }
}

override_resource {
  target = aws_secretsmanager_secret.entra
  values = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:lockstep/entra-AbCdEf" }
}

override_resource {
  target = aws_secretsmanager_secret.dynamics_webhook_key
  values = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:lockstep/dynamics-webhook-key-AbCdEf" }
}

override_resource {
  target = aws_secretsmanager_secret.browser_sign_in
  values = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:lockstep/browser-sign-in-AbCdEf" }
}

override_resource {
  target = aws_secretsmanager_secret.session_keys
  values = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:lockstep/session-keys-AbCdEf" }
}
