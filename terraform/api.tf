# Webhooks carry their own proof (a key, a signature, a token), which the function checks over the raw bytes; people and
# applications carry a token, which the gateway checks before anything runs. What describes the routes is for everybody.

locals {
  routes = merge({
    "POST /dynamics"           = { function = "dynamics-change", scopes = null }
    "POST /teams"              = { function = "teams-change", scopes = null }
    "POST /teams/lifecycle"    = { function = "teams-change", scopes = null }
    "GET /phone/{connection}"  = { function = "phone-event", scopes = null }
    "POST /phone/{connection}" = { function = "phone-event", scopes = null }
    # Senders of CloudEvents ask first whether they may (CloudEvents, HTTP 1.1 web hooks, abuse protection).
    "OPTIONS /phone/{connection}"    = { function = "phone-event", scopes = null }
    "GET /api/{proxy+}"              = { function = "api", scopes = var.api_authorization.read_scopes }
    "POST /api/{proxy+}"             = { function = "api", scopes = var.api_authorization.write_scopes }
    "PUT /api/{proxy+}"              = { function = "api", scopes = var.api_authorization.write_scopes }
    "DELETE /api/{proxy+}"           = { function = "api", scopes = var.api_authorization.write_scopes }
    "GET /api/changes"               = { function = "changes", scopes = var.api_authorization.read_scopes }
    "GET /api/configuration"         = { function = "config-api", scopes = var.api_authorization.read_scopes }
    "POST /api/configuration"        = { function = "config-api", scopes = var.api_authorization.write_scopes }
    "GET /api/configuration/history" = { function = "config-api", scopes = var.api_authorization.read_scopes }
    "GET /board"                     = { function = "board", scopes = local.board_scopes }
    "GET /openapi.json"              = { function = "api", scopes = null }
    "GET /asyncapi.json"             = { function = "api", scopes = null }
    }, local.signs_in ? {
    "GET /board/{proxy+}"       = { function = "board", scopes = null }
    "POST /board/{proxy+}"      = { function = "board", scopes = null }
    "GET /board/configuration"  = { function = "config-api", scopes = null }
    "POST /board/configuration" = { function = "config-api", scopes = null }
    "GET /sign-in"              = { function = "board", scopes = null }
    "GET /sign-in/callback"     = { function = "board", scopes = null }
    "POST /sign-out"            = { function = "board", scopes = null }
  } : {})

  # A browser sends no token by itself: where people sign in with one, the function looks at their session instead.
  signs_in     = var.browser_sign_in != null
  board_scopes = local.signs_in ? null : var.api_authorization.read_scopes

  public_url = var.domain == null ? aws_apigatewayv2_api.this.api_endpoint : "https://${var.domain.name}"
}

resource "aws_apigatewayv2_api" "this" {
  name          = var.name
  description   = "Lockstep: webhooks, API and board"
  protocol_type = "HTTP"
  tags          = var.tags

  # With a domain of its own, the default address would be a second door.
  disable_execute_api_endpoint = var.domain != null
}

resource "aws_apigatewayv2_authorizer" "tokens" {
  api_id           = aws_apigatewayv2_api.this.id
  name             = "tokens"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = var.api_authorization.issuer
    audience = var.api_authorization.audiences
  }
}

resource "aws_apigatewayv2_integration" "function" {
  for_each = toset([for route in values(local.routes) : route.function])

  api_id                 = aws_apigatewayv2_api.this.id
  description            = local.functions[each.key].about
  integration_type       = "AWS_PROXY"
  integration_method     = "POST"
  integration_uri        = aws_lambda_alias.live[each.key].invoke_arn
  payload_format_version = "2.0"
  # A little more than the function's own limit, so that its answer, and not the gateway's, is what a caller sees.
  timeout_milliseconds = min(30000, local.settled[each.key].timeout * 1000 + 1000)
}

resource "aws_apigatewayv2_route" "this" {
  for_each = local.routes

  api_id    = aws_apigatewayv2_api.this.id
  route_key = each.key
  target    = "integrations/${aws_apigatewayv2_integration.function[each.value.function].id}"

  authorization_type   = each.value.scopes == null ? "NONE" : "JWT"
  authorizer_id        = each.value.scopes == null ? null : aws_apigatewayv2_authorizer.tokens.id
  authorization_scopes = each.value.scopes
}

resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = "$default"
  auto_deploy = true
  tags        = var.tags

  default_route_settings {
    throttling_rate_limit  = var.throttling.people_rate
    throttling_burst_limit = var.throttling.people_burst
  }

  dynamic "route_settings" {
    # What anyone may read, and what people open, is no webhook.
    for_each = { for key, route in local.routes : key => route if route.scopes == null && !contains(["api", "board", "config-api"], route.function) }
    content {
      route_key              = route_settings.key
      throttling_rate_limit  = var.throttling.webhook_rate
      throttling_burst_limit = var.throttling.webhook_burst
    }
  }

  # Neither path nor query string: phones put tokens and numbers into the one, API calls put people's names into the
  # other. The route says which door it was.
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api.arn
    format = jsonencode({
      requestId          = "$context.requestId"
      requestTime        = "$context.requestTime"
      sourceIp           = "$context.identity.sourceIp"
      routeKey           = "$context.routeKey"
      status             = "$context.status"
      responseLength     = "$context.responseLength"
      responseLatency    = "$context.responseLatency"
      integrationLatency = "$context.integrationLatency"
      integrationError   = "$context.integrationErrorMessage"
      authorizerError    = "$context.authorizer.error"
    })
  }

  # Settings of a route that does not exist yet are refused.
  depends_on = [aws_apigatewayv2_route.this]
}

resource "aws_lambda_permission" "route" {
  for_each = local.routes

  statement_id  = "route-${trim(replace(lower(each.key), "/[^a-z]+/", "-"), "-")}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this[each.value.function].function_name
  qualifier     = aws_lambda_alias.live[each.value.function].name
  principal     = "apigateway.amazonaws.com"
  # Any stage (there is one), this method and this path.
  source_arn = "${aws_apigatewayv2_api.this.execution_arn}/*/${replace(each.key, " ", "")}"
}

resource "aws_apigatewayv2_domain_name" "this" {
  count = var.domain == null ? 0 : 1

  domain_name = var.domain.name
  tags        = var.tags

  domain_name_configuration {
    certificate_arn = var.domain.certificate_arn
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

resource "aws_apigatewayv2_api_mapping" "this" {
  count = var.domain == null ? 0 : 1

  api_id      = aws_apigatewayv2_api.this.id
  domain_name = aws_apigatewayv2_domain_name.this[0].id
  stage       = aws_apigatewayv2_stage.this.id
}

resource "aws_route53_record" "this" {
  count = try(var.domain.hosted_zone, null) == null ? 0 : 1

  zone_id = var.domain.hosted_zone.id
  name    = var.domain.name
  type    = "A"

  alias {
    name                   = aws_apigatewayv2_domain_name.this[0].domain_name_configuration[0].target_domain_name
    zone_id                = aws_apigatewayv2_domain_name.this[0].domain_name_configuration[0].hosted_zone_id
    evaluate_target_health = false
  }
}
