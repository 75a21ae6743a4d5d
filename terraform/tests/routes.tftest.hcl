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

run "routes" {
  command = plan

  assert {
    condition = { for key, route in aws_apigatewayv2_route.this : key => route.authorization_type } == {
      "POST /dynamics"                 = "NONE"
      "POST /teams"                    = "NONE"
      "POST /teams/lifecycle"          = "NONE"
      "GET /phone/{connection}"        = "NONE"
      "POST /phone/{connection}"       = "NONE"
      "OPTIONS /phone/{connection}"    = "NONE"
      "GET /api/{proxy+}"              = "JWT"
      "POST /api/{proxy+}"             = "JWT"
      "PUT /api/{proxy+}"              = "JWT"
      "DELETE /api/{proxy+}"           = "JWT"
      "GET /api/changes"               = "JWT"
      "GET /api/configuration"         = "JWT"
      "POST /api/configuration"        = "JWT"
      "GET /api/configuration/history" = "JWT"
      "GET /board"                     = "JWT"
      "GET /openapi.json"              = "NONE"
      "GET /asyncapi.json"             = "NONE"
    }
    error_message = "The routes are the contract's: webhooks prove themselves, people and applications show a token, and what describes the routes asks for none."
  }

  assert {
    condition     = alltrue([for key, route in aws_apigatewayv2_route.this : route.authorization_type == "NONE" || route.authorizer_id == "auth01"])
    error_message = "A route for people must name the authorizer."
  }

  assert {
    condition = (
      aws_apigatewayv2_authorizer.tokens.jwt_configuration[0].issuer == "https://login.microsoftonline.com/t/v2.0" &&
      aws_apigatewayv2_authorizer.tokens.jwt_configuration[0].audience == toset(["lockstep-api"]) &&
      aws_apigatewayv2_authorizer.tokens.identity_sources == toset(["$request.header.Authorization"])
    )
    error_message = "Tokens come in the Authorization header (never in the query string, which is logged elsewhere) from the given issuer for the given audience."
  }

  assert {
    condition     = alltrue([for name, i in aws_apigatewayv2_integration.function : i.payload_format_version == "2.0" && i.integration_type == "AWS_PROXY" && i.timeout_milliseconds == (contains(["changes", "config-api"], name) ? 30000 : 11000)])
    error_message = "Functions expect payload format 2.0, and get a second more than they give themselves."
  }

  assert {
    condition = { for key, route in local.routes : key => route.function } == {
      "POST /dynamics"                 = "dynamics-change"
      "POST /teams"                    = "teams-change"
      "POST /teams/lifecycle"          = "teams-change"
      "GET /phone/{connection}"        = "phone-event"
      "POST /phone/{connection}"       = "phone-event"
      "OPTIONS /phone/{connection}"    = "phone-event"
      "GET /api/{proxy+}"              = "api"
      "POST /api/{proxy+}"             = "api"
      "PUT /api/{proxy+}"              = "api"
      "DELETE /api/{proxy+}"           = "api"
      "GET /api/changes"               = "changes"
      "GET /api/configuration"         = "config-api"
      "POST /api/configuration"        = "config-api"
      "GET /api/configuration/history" = "config-api"
      "GET /board"                     = "board"
      "GET /openapi.json"              = "api"
      "GET /asyncapi.json"             = "api"
    }
    error_message = "A route leads to another function than the contract says."
  }
}

run "people_sign_in_with_a_browser" {
  command = plan

  variables {
    browser_sign_in = { client_id = "11111111-0000-0000-0000-000000000003" }
  }

  assert {
    condition = { for key, route in aws_apigatewayv2_route.this : key => [route.authorization_type, local.routes[key].function] if local.routes[key].function == "board" || strcontains(key, "/board") } == {
      "GET /board"                = ["NONE", "board"]
      "GET /board/{proxy+}"       = ["NONE", "board"]
      "POST /board/{proxy+}"      = ["NONE", "board"]
      "GET /board/configuration"  = ["NONE", "config-api"]
      "POST /board/configuration" = ["NONE", "config-api"]
      "GET /sign-in"              = ["NONE", "board"]
      "GET /sign-in/callback"     = ["NONE", "board"]
      "POST /sign-out"            = ["NONE", "board"]
    }
    error_message = "A browser sends no token: the function looks at the session."
  }

  assert {
    condition     = alltrue([for key, route in aws_apigatewayv2_route.this : route.authorization_type == "JWT" if strcontains(key, " /api/")])
    error_message = "The API goes on asking for a token."
  }

  assert {
    condition     = length([for s in aws_apigatewayv2_stage.this.route_settings : s if strcontains(s.route_key, "board") || strcontains(s.route_key, "sign")]) == 0
    error_message = "People get the limits of people."
  }
}

run "throttling_favours_webhooks" {
  command = plan

  variables {
    throttling = { webhook_rate = 700, webhook_burst = 900 }
  }

  assert {
    condition     = aws_apigatewayv2_stage.this.default_route_settings[0].throttling_rate_limit == 50 && aws_apigatewayv2_stage.this.default_route_settings[0].throttling_burst_limit == 100
    error_message = "People get the default limits."
  }

  assert {
    condition = toset([for s in aws_apigatewayv2_stage.this.route_settings : s.route_key if s.throttling_rate_limit == 700 && s.throttling_burst_limit == 900]) == toset([
    "POST /dynamics", "POST /teams", "POST /teams/lifecycle", "GET /phone/{connection}", "POST /phone/{connection}", "OPTIONS /phone/{connection}"])
    error_message = "Every webhook gets the webhooks' limits, and what anyone may read does not."
  }
}

run "the_access_log_tells_no_secrets" {
  command = plan

  assert {
    condition = alltrue([for word in ["path", "querystring", "queryString", "protocol", "header", "authorizer.claims", "resourcePath", "$context.authorizer.principalId"] :
    !strcontains(lower(replace(aws_apigatewayv2_stage.this.access_log_settings[0].format, "routeKey", "")), lower(word))])
    error_message = "Phones put tokens and numbers into query strings, and API paths name people: neither belongs into the access log."
  }

  assert {
    condition     = aws_cloudwatch_log_group.api.retention_in_days == 30 && aws_cloudwatch_log_group.api.name == "/aws/vendedlogs/lockstep/api"
    error_message = "The access log is kept as long as the others."
  }
}

run "scopes_can_be_asked_for" {
  command = plan

  variables {
    api_authorization = {
      issuer      = "https://login.microsoftonline.com/t/v2.0", audiences = ["lockstep-api"]
      read_scopes = ["Presence.Read"], write_scopes = ["Presence.Write"]
    }
  }

  assert {
    condition = (
      aws_apigatewayv2_route.this["GET /api/{proxy+}"].authorization_scopes == toset(["Presence.Read"]) &&
      aws_apigatewayv2_route.this["GET /board"].authorization_scopes == toset(["Presence.Read"]) &&
      aws_apigatewayv2_route.this["GET /api/configuration"].authorization_scopes == toset(["Presence.Read"]) &&
      aws_apigatewayv2_route.this["POST /api/configuration"].authorization_scopes == toset(["Presence.Write"]) &&
      aws_apigatewayv2_route.this["POST /api/{proxy+}"].authorization_scopes == toset(["Presence.Write"]) &&
      aws_apigatewayv2_route.this["PUT /api/{proxy+}"].authorization_scopes == toset(["Presence.Write"]) &&
      aws_apigatewayv2_route.this["DELETE /api/{proxy+}"].authorization_scopes == toset(["Presence.Write"])
    )
    error_message = "Reading and writing have scopes of their own."
  }
}

run "without_a_domain" {
  command = plan

  assert {
    condition     = !aws_apigatewayv2_api.this.disable_execute_api_endpoint && length(aws_apigatewayv2_domain_name.this) == 0 && output.url == "https://abc123.execute-api.eu-central-1.amazonaws.com"
    error_message = "Without a domain the default address serves."
  }
}

run "with_a_domain" {
  command = plan

  variables {
    domain = {
      name            = "presence.contoso.com"
      certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
    }
  }

  assert {
    condition = (
      aws_apigatewayv2_api.this.disable_execute_api_endpoint &&
      aws_apigatewayv2_domain_name.this[0].domain_name_configuration[0].security_policy == "TLS_1_2" &&
      length(aws_route53_record.this) == 0 &&
      output.webhook_urls.dynamics == "https://presence.contoso.com/dynamics"
    )
    error_message = "With a domain of its own the default address is closed, and a record is made only in a given zone."
  }
}
