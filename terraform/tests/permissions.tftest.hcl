# What each function may do, word for word: tests/permissions.json is the reviewed list, and a policy that says anything
# else fails here.

mock_provider "aws" {
  source          = "./tests/aws"
  override_during = plan
}

variables {
  function_zip      = "versions.tf"
  entra             = { tenant_id = "11111111-0000-0000-0000-000000000001", client_id = "11111111-0000-0000-0000-000000000002" }
  dynamics_url      = "https://contoso.crm4.dynamics.com"
  api_authorization = { issuer = "https://login.microsoftonline.com/t/v2.0", audiences = ["lockstep-api"] }
  teams_notifications = {
    service_user_secret_arns = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:watcher-1-AbCdEf"]
    certificate_secret_arns  = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:notify-AbCdEf"]
    client_state_secret_arn  = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:state-AbCdEf"
  }
}

run "deployed" {
  command = plan
}

run "reviewed" {
  module {
    source = "./tests/review"
  }

  variables {
    policies = run.deployed.policies
  }

  assert {
    condition     = toset(keys(output.permissions)) == toset(keys(jsondecode(file("tests/permissions.json"))))
    error_message = "tests/permissions.json does not list the functions that there are."
  }

  assert {
    condition = jsonencode(output.permissions) == jsonencode(jsondecode(file("tests/permissions.json")))
    error_message = format("Not as reviewed in tests/permissions.json: %s. Now: %s",
      join(", ", [for f, p in output.permissions : f if jsonencode(p) != jsonencode(try(jsondecode(file("tests/permissions.json"))[f], {}))]),
      jsonencode({ for f, p in output.permissions : f => p if jsonencode(p) != jsonencode(try(jsondecode(file("tests/permissions.json"))[f], {})) }),
    )
  }

  assert {
    condition     = length(output.wild_actions) == 0
    error_message = "Every action must be named in full: ${join(", ", output.wild_actions)}"
  }

  assert {
    condition     = output.wild_resources == tolist(["Trace"])
    error_message = "Only X-Ray knows no narrower resource than *: ${join(", ", output.wild_resources)}"
  }

  assert {
    condition     = length(output.not_plain_allow) == 0
    error_message = "Policies hold plain, named allowances only: ${join(", ", output.not_plain_allow)}"
  }

  assert {
    condition = toset([for f, p in output.permissions : f if anytrue([for resource, actions in p :
    contains(actions, "secretsmanager:GetSecretValue")])]) == setsubtract(keys(output.permissions), ["board", "changes", "config", "config-api"])
    error_message = "board, changes, config and config-api read no secret."
  }

  assert {
    condition = toset([for f, p in output.permissions : f if anytrue([for resource, actions in p :
    contains(actions, "secretsmanager:PutSecretValue")])]) == toset(["teams-subscriptions"])
    error_message = "Only teams-subscriptions writes a secret: its service users' token caches."
  }

  assert {
    condition = toset([for f, p in output.permissions : f if contains(keys(p), "table/lockstep-mappings") && length(setintersection(
    try(p["table/lockstep-mappings"], []), ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"])) > 0]) == toset(["config", "config-api", "directory"])
    error_message = "Only config and config-api change mappings and connections, and the directory binds their lines to agents."
  }

  assert {
    condition = toset([for f, p in output.permissions : f if anytrue([for resource, actions in p :
    startswith(resource, "table/lockstep-timeline") && length(setintersection(actions, ["dynamodb:DeleteItem", "dynamodb:UpdateItem"])) > 0])]) == toset([])
    error_message = "Nobody rewrites the timeline."
  }

  assert {
    condition = length(setsubtract(keys(output.permissions["board"]), [
    "*", "key/00000000-0000-0000-0000-000000000000 via dynamodb", "log-group:of-this-function:*", "table/lockstep-agents/index/team", "table/lockstep-control item bulk-*", "table/lockstep-control item pause#*", "table/lockstep-mappings item supervisors"])) == 0
    error_message = "The board sees the team index, the turns of bulk work, who supervises whom, and nothing else."
  }
}

run "with_people_in_a_browser" {
  command = plan

  variables {
    browser_sign_in = { client_id = "11111111-0000-0000-0000-000000000003" }
  }
}

run "reviewed_with_people_in_a_browser" {
  module {
    source = "./tests/review"
  }

  variables {
    policies = run.with_people_in_a_browser.policies
  }

  assert {
    condition     = jsonencode({ for f, p in output.permissions : f => p if !contains(["board", "config-api"], f) }) == jsonencode({ for f, p in jsondecode(file("tests/permissions.json")) : f => p if !contains(["board", "config-api"], f) })
    error_message = "Only the functions of the pages may do more where people sign in with a browser."
  }

  assert {
    condition = jsonencode({ for resource, actions in output.permissions["config-api"] : resource => actions if !contains(keys(jsondecode(file("tests/permissions.json"))["config-api"]), resource) }) == jsonencode({
      "key/00000000-0000-0000-0000-000000000000 via secretsmanager" = ["kms:Decrypt"]
      "secret:lockstep/session-keys-AbCdEf"                         = ["secretsmanager:GetSecretValue"]
    })
    error_message = "The administrator's pages read the keys of sessions, and nothing else that the API does not: ${jsonencode(output.permissions["config-api"])}"
  }

  assert {
    condition = { for resource, actions in output.permissions["board"] : resource => actions if !contains(keys(jsondecode(file("tests/permissions.json"))["api"]), resource) } == {
      "secret:lockstep/browser-sign-in-AbCdEf"            = tolist(["secretsmanager:GetSecretValue"])
      "secret:lockstep/session-keys-AbCdEf"               = tolist(["secretsmanager:GetSecretValue"])
      "table/lockstep-agents/index/pulse"                 = tolist(["dynamodb:Query"])
      "table/lockstep-control item mode#agent#*"          = tolist(["dynamodb:DeleteItem"])
      "table/lockstep-control item signed-out#*"          = tolist(["dynamodb:GetItem", "dynamodb:PutItem"])
      "table/lockstep-control item why-mode#mode#agent#*" = tolist(["dynamodb:DeleteItem"])
    }
    error_message = "The board does for people what the API does for applications, reads its two secrets, remembers who signed out, ends pauses of agents and reads shifts: ${jsonencode(output.permissions["board"])}"
  }

  assert {
    condition     = jsonencode(merge(jsondecode(file("tests/permissions.json"))["api"], { "table/lockstep-agents" = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"] })) == jsonencode({ for resource, actions in output.permissions["board"] : resource => actions if contains(keys(jsondecode(file("tests/permissions.json"))["api"]), resource) })
    error_message = "The board may do with agents what the API may, loads many of them at once, and no more."
  }

  assert {
    condition     = length(output.not_plain_allow) == 0 && length(output.wild_actions) == 0
    error_message = "Policies hold plain, named allowances only: ${join(", ", output.not_plain_allow)}"
  }
}

run "in_a_network" {
  command = plan

  variables {
    network = { subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] }
    tracing = false
  }
}

run "reviewed_in_a_network" {
  module {
    source = "./tests/review"
  }

  variables {
    policies = run.in_a_network.policies
  }

  assert {
    condition     = output.wild_resources == tolist(["JoinNetwork"])
    error_message = "In a VPC only the network interfaces know no narrower resource, and without tracing nothing else does: ${join(", ", output.wild_resources)}"
  }

  assert {
    condition     = length(output.wild_actions) == 0
    error_message = "Every action must be named in full: ${join(", ", output.wild_actions)}"
  }
}

run "roles_and_triggers_are_bound_to_this_deployment" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
  }

  assert {
    condition     = alltrue([for role in concat(values(aws_iam_role.function), values(aws_iam_role.schedule)) : role.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"])
    error_message = "Every role needs the boundary."
  }

  assert {
    condition     = alltrue([for role in values(aws_iam_role.function) : jsondecode(role.assume_role_policy).Statement[0].Principal == { Service = "lambda.amazonaws.com" }])
    error_message = "Only Lambda may take a function's role."
  }

  assert {
    condition = alltrue([for role in values(aws_iam_role.schedule) :
    jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceArn"] == aws_scheduler_schedule_group.this.arn])
    error_message = "Only this deployment's schedules may take the schedules' roles."
  }

  assert {
    condition = alltrue([for name, policy in aws_iam_role_policy.schedule :
    jsondecode(policy.policy).Statement == [{ Sid = "Run", Effect = "Allow", Action = ["lambda:InvokeFunction"], Resource = [aws_lambda_alias.live[name].arn] }]])
    error_message = "A schedule may run its function and nothing else."
  }

  assert {
    condition = alltrue([for route, permission in aws_lambda_permission.route :
    permission.source_arn == "arn:aws:execute-api:eu-central-1:123456789012:abc123/*/${replace(route, " ", "")}" && permission.principal == "apigateway.amazonaws.com"])
    error_message = "The gateway may call a function for that function's routes only."
  }
}
