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

run "the_code" {
  module {
    source = "./tests/source"
  }

  variables {
    sources = "../src/main/java"
  }

  assert {
    condition     = length(output.unnamed) == 0
    error_message = "Functions must be exported under a name that is written out or a constant of the same file: ${join(", ", output.unnamed)}"
  }
}

run "every_function_has_a_lambda" {
  command = plan

  assert {
    condition     = run.the_code.files == 0 || length(setsubtract(run.the_code.functions, keys(aws_lambda_function.this))) == 0
    error_message = "In the code but without a Lambda: ${join(", ", setsubtract(run.the_code.functions, keys(aws_lambda_function.this)))}"
  }

  assert {
    condition     = run.the_code.files == 0 || length(setsubtract(keys(aws_lambda_function.this), run.the_code.functions)) == 0
    error_message = "A Lambda without a function in the code: ${join(", ", setsubtract(keys(aws_lambda_function.this), run.the_code.functions))}"
  }

  assert {
    condition = toset(keys(aws_lambda_function.this)) == toset([
      "api", "board", "changes", "config", "config-api", "directory", "doctor", "dynamics-change", "phone-event", "shift-end", "sweep", "sync",
      "teams-change", "teams-subscriptions", "teams-watch",
    ])
    error_message = "The functions are not those of the design."
  }

  assert {
    condition     = alltrue([for name, f in aws_lambda_function.this : f.environment[0].variables.QUARKUS_FUNQY_EXPORT == name])
    error_message = "A Lambda exports another function than its name says."
  }

  assert {
    condition     = alltrue([for name, _ in aws_lambda_function.this : aws_iam_role.function[name].name == "lockstep-${name}"])
    error_message = "Every function needs a role of its own."
  }

  assert {
    condition     = alltrue([for name, _ in aws_lambda_function.this : aws_cloudwatch_log_group.function[name].name == "/aws/lambda/lockstep-${name}"])
    error_message = "Every function needs its log group, else Lambda would log into one without retention."
  }

  assert {
    condition     = alltrue([for name, alias in aws_lambda_alias.live : alias.name == "live" && alias.function_version == "$LATEST"])
    error_message = "Without snapshots or warm instances the alias must follow the newest code."
  }
}

run "native_on_arm_is_the_default" {
  command = plan

  assert {
    condition = alltrue([for f in aws_lambda_function.this :
    f.runtime == "provided.al2023" && f.handler == "bootstrap" && f.architectures == tolist(["arm64"]) && !f.publish])
    error_message = "The default is a native binary for arm64 on provided.al2023, without published versions."
  }

  assert {
    condition     = alltrue([for f in aws_lambda_function.this : f.environment[0].variables.DISABLE_SIGNAL_HANDLERS == "true"])
    error_message = "A native binary must leave signals to Lambda."
  }

  assert {
    condition     = aws_lambda_function.this["phone-event"].memory_size == 512 && aws_lambda_function.this["sweep"].memory_size == 256
    error_message = "Functions that somebody waits for get 512 MB, others 256 MB."
  }

  assert {
    condition     = alltrue([for f in aws_lambda_function.this : f.tracing_config[0].mode == "Active"])
    error_message = "Functions are traced unless that is switched off."
  }

  assert {
    condition = alltrue([for name in ["dynamics-change", "phone-event", "teams-change", "api", "board"] :
    aws_lambda_function.this[name].timeout == 10])
    error_message = "Functions behind HTTP give up long before the gateway does."
  }
}

run "the_environment_names_secrets_only_where_they_are_used" {
  command = plan

  assert {
    condition = alltrue([for name, f in aws_lambda_function.this :
      f.environment[0].variables.LOCKSTEP_TABLE_PREFIX == "lockstep-" &&
      f.environment[0].variables.LOCKSTEP_DYNAMICS_URL == "https://contoso.crm4.dynamics.com" &&
    f.environment[0].variables.LOCKSTEP_QUEUE_URL == "https://sqs.eu-central-1.amazonaws.com/123456789012/lockstep-retry"])
    error_message = "Every function needs to know its tables, its queue and its platforms."
  }

  assert {
    condition = toset([for name, f in aws_lambda_function.this : name if contains(keys(f.environment[0].variables), "LOCKSTEP_ENTRA_CERTIFICATE")]) == toset([
      "api", "directory", "doctor", "dynamics-change", "phone-event", "shift-end", "sweep", "sync", "teams-change",
      "teams-subscriptions", "teams-watch",
    ])
    error_message = "Exactly the functions that call platforms know the credential's name: board, changes, config and config-api do not."
  }

  assert {
    condition = toset([for name, f in aws_lambda_function.this : name if contains(keys(f.environment[0].variables), "LOCKSTEP_DYNAMICS_WEBHOOK_KEY")]) == toset([
    "doctor", "dynamics-change"])
    error_message = "Only the Dataverse webhook and the doctor know the webhook key's name."
  }

  assert {
    condition = alltrue(flatten([for f in aws_lambda_function.this : [for key, value in f.environment[0].variables :
    strcontains(key, "SECRET") || endswith(key, "CERTIFICATE") || endswith(key, "WEBHOOK_KEY") ? startswith(value, "arn:") : true]]))
    error_message = "What names a secret must be an ARN."
  }
}

run "the_board_alone_signs_people_in" {
  command = plan

  variables {
    browser_sign_in = { client_id = "11111111-0000-0000-0000-000000000003" }
  }

  assert {
    condition = (
      aws_lambda_function.this["board"].environment[0].variables.LOCKSTEP_BROWSER_CLIENT_ID == "11111111-0000-0000-0000-000000000003" &&
      aws_lambda_function.this["board"].environment[0].variables.LOCKSTEP_BROWSER_URL == "https://abc123.execute-api.eu-central-1.amazonaws.com" &&
      startswith(aws_lambda_function.this["board"].environment[0].variables.LOCKSTEP_BROWSER_CLIENT_SECRET, "arn:") &&
      startswith(aws_lambda_function.this["board"].environment[0].variables.LOCKSTEP_BROWSER_SESSION_KEYS, "arn:")
    )
    error_message = "The board must know as whom people sign in, where, and the names of the secrets."
  }

  assert {
    condition = alltrue(flatten([for name, f in aws_lambda_function.this : [for key, value in f.environment[0].variables :
    !startswith(key, "LOCKSTEP_BROWSER_") || name == "board" || (name == "config-api" && !strcontains(key, "SECRET"))]]))
    error_message = "Only the board signs people in; the administrator's pages know their sessions."
  }

  assert {
    condition     = toset(keys(output.secrets)) == toset(["entra", "dynamics_webhook_key", "browser_sign_in", "session_keys"])
    error_message = "What is to be filled by hand is told."
  }
}

run "a_certificate_signs_people_in_as_well" {
  command = plan

  variables {
    browser_sign_in = {
      client_id         = "11111111-0000-0000-0000-000000000003", credential = "certificate"
      credential_secret = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:pages-AbCdEf" }
    }
  }

  assert {
    condition = (
      aws_lambda_function.this["board"].environment[0].variables.LOCKSTEP_BROWSER_CERTIFICATE == "arn:aws:secretsmanager:eu-central-1:123456789012:secret:pages-AbCdEf" &&
      !contains(keys(aws_lambda_function.this["board"].environment[0].variables), "LOCKSTEP_BROWSER_CLIENT_SECRET") &&
      length(aws_secretsmanager_secret.browser_sign_in) == 0
    )
    error_message = "A secret that is handed in is named, and none is made."
  }
}

run "further_registrations_are_told_to_all_and_readable_by_who_calls_platforms" {
  command = plan

  variables {
    dynamics_registrations = [
      { client_id = "11111111-0000-0000-0000-000000000003", credential_secret = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:second-AbCdEf" } },
      { client_id = "11111111-0000-0000-0000-000000000004", credential = "client-secret", credential_secret = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:third-AbCdEf" } },
    ]
    teams_registrations = [
      { client_id = "22222222-0000-0000-0000-000000000003", credential_secret = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:second-AbCdEf" }, retired = true },
    ]
  }

  assert {
    condition = alltrue([for f in aws_lambda_function.this :
      f.environment[0].variables.LOCKSTEP_GRAPH_REGISTRATIONS_0__CLIENT_ID == "22222222-0000-0000-0000-000000000003" &&
    f.environment[0].variables.LOCKSTEP_GRAPH_REGISTRATIONS_0__RETIRED == "true"])
    error_message = "All know whose the sessions in Teams are."
  }

  assert {
    condition = alltrue([for f in aws_lambda_function.this :
      f.environment[0].variables.LOCKSTEP_DYNAMICS_REGISTRATIONS_0__CLIENT_ID == "11111111-0000-0000-0000-000000000003" &&
    f.environment[0].variables.LOCKSTEP_DYNAMICS_REGISTRATIONS_1__CLIENT_ID == "11111111-0000-0000-0000-000000000004"])
    error_message = "Whoever reserves turns must know how many share them."
  }

  assert {
    condition = (
      aws_lambda_function.this["sync"].environment[0].variables.LOCKSTEP_DYNAMICS_REGISTRATIONS_0__CERTIFICATE == "arn:aws:secretsmanager:eu-central-1:123456789012:secret:second-AbCdEf" &&
      aws_lambda_function.this["sync"].environment[0].variables.LOCKSTEP_DYNAMICS_REGISTRATIONS_1__CLIENT_SECRET == "arn:aws:secretsmanager:eu-central-1:123456789012:secret:third-AbCdEf" &&
      aws_lambda_function.this["sync"].environment[0].variables.LOCKSTEP_GRAPH_REGISTRATIONS_0__CERTIFICATE == "arn:aws:secretsmanager:eu-central-1:123456789012:secret:second-AbCdEf" &&
      !contains(keys(aws_lambda_function.this["board"].environment[0].variables), "LOCKSTEP_DYNAMICS_REGISTRATIONS_0__CERTIFICATE")
    )
    error_message = "Credentials are told by name, where the role may read them."
  }
}

run "the_jvm_with_snapshots_publishes_versions" {
  command = plan

  variables {
    packaging    = "jvm"
    architecture = "x86_64"
    snap_start   = true
    entra = {
      tenant_id  = "11111111-0000-0000-0000-000000000001", client_id = "11111111-0000-0000-0000-000000000002"
      credential = "client-secret"
    }
  }

  assert {
    condition = alltrue([for f in aws_lambda_function.this :
      f.runtime == "java21" && f.handler == "io.quarkus.funqy.lambda.FunqyStreamHandler::handleRequest" &&
    f.architectures == tolist(["x86_64"]) && f.publish && f.snap_start[0].apply_on == "PublishedVersions"])
    error_message = "The JVM runs Quarkus' handler on a managed runtime, from published snapshots."
  }

  assert {
    condition     = aws_lambda_function.this["api"].memory_size == 1769 && aws_lambda_function.this["sync"].memory_size == 1024
    error_message = "The JVM needs a whole processor where somebody waits."
  }

  assert {
    condition = alltrue([for f in aws_lambda_function.this : !contains(keys(f.environment[0].variables), "DISABLE_SIGNAL_HANDLERS") && !contains(keys(f.environment[0].variables), "JAVA_TOOL_OPTIONS")]) && (
    contains(keys(aws_lambda_function.this["api"].environment[0].variables), "LOCKSTEP_ENTRA_CLIENT_SECRET"))
    error_message = "The credential's kind decides the variable that names it; signals are the managed runtime's business."
  }

  # Version 5 of the provider plans no java25, so what it would get is asked for by itself.
  assert {
    condition     = local.runtime_environment["java25"] == { JAVA_TOOL_OPTIONS = "--add-opens=java.base/java.lang=ALL-UNNAMED" }
    error_message = "Java 25 must be told to open java.lang."
  }
}

run "single_functions_can_be_set" {
  command = plan

  variables {
    function_settings = { phone-event = { memory_mb = 1024, provisioned_concurrency = 2, reserved_concurrency = 40 } }
    settings          = { LOCKSTEP_TEAMS_POLL_INTERVAL = "10S" }
    tracing           = false
  }

  assert {
    condition = aws_lambda_function.this["phone-event"].memory_size == 1024 && (
      aws_lambda_function.this["phone-event"].reserved_concurrent_executions == 40 &&
      aws_lambda_function.this["phone-event"].publish && !aws_lambda_function.this["api"].publish &&
    aws_lambda_provisioned_concurrency_config.this["phone-event"].provisioned_concurrent_executions == 2)
    error_message = "One function's settings must reach that function and no other."
  }

  assert {
    condition = alltrue([for f in aws_lambda_function.this :
    f.environment[0].variables.LOCKSTEP_TEAMS_POLL_INTERVAL == "10S" && f.tracing_config[0].mode == "PassThrough"])
    error_message = "Further settings and tracing reach every function."
  }
}

run "notifications_bring_their_secrets" {
  command = plan

  variables {
    teams_notifications = {
      service_user_secret_arns = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:watcher-1-AbCdEf"]
      certificate_secret_arns  = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:notify-AbCdEf"]
      client_state_secret_arn  = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:state-AbCdEf"
    }
  }

  assert {
    condition = (
      aws_lambda_function.this["teams-subscriptions"].environment[0].variables.LOCKSTEP_TEAMS_SERVICE_USERS == "arn:aws:secretsmanager:eu-central-1:123456789012:secret:watcher-1-AbCdEf" &&
      aws_lambda_function.this["teams-subscriptions"].environment[0].variables.LOCKSTEP_TEAMS_NOTIFICATION_URL == "https://abc123.execute-api.eu-central-1.amazonaws.com" &&
      alltrue([for f in ["teams-change", "teams-subscriptions"] :
        aws_lambda_function.this[f].environment[0].variables.LOCKSTEP_TEAMS_NOTIFICATION_KEYS == "arn:aws:secretsmanager:eu-central-1:123456789012:secret:notify-AbCdEf" &&
      aws_lambda_function.this[f].environment[0].variables.LOCKSTEP_TEAMS_CLIENT_STATE == "arn:aws:secretsmanager:eu-central-1:123456789012:secret:state-AbCdEf"]) &&
      !contains(keys(aws_lambda_function.this["teams-change"].environment[0].variables), "LOCKSTEP_TEAMS_SERVICE_USERS")
    )
    error_message = "Subscriptions are made by service users and read with the certificate."
  }
}
