# Every input that can be wrong is refused at plan, with a sentence that says what is right.

mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  function_zip      = "versions.tf"
  entra             = { tenant_id = "11111111-0000-0000-0000-000000000001", client_id = "11111111-0000-0000-0000-000000000002" }
  dynamics_url      = "https://contoso.crm4.dynamics.com"
  api_authorization = { issuer = "https://login.microsoftonline.com/t/v2.0", audiences = ["lockstep-api"] }
}

run "name_too_long" {
  command = plan

  variables {
    name = "a-name-that-is-far-too-long-for-buckets"
  }

  expect_failures = [var.name]
}

run "name_in_capitals" {
  command = plan

  variables {
    name = "Lockstep"
  }

  expect_failures = [var.name]
}

run "no_artifact" {
  command = plan

  variables {
    function_zip = null
  }

  expect_failures = [var.function_zip]
}

run "two_artifacts" {
  command = plan

  variables {
    function_object = { bucket = "b", key = "k" }
  }

  expect_failures = [var.function_zip]
}

run "artifact_that_is_not_there" {
  command = plan

  variables {
    function_zip = "nowhere/function.zip"
  }

  expect_failures = [var.function_zip]
}

run "packaging" {
  command = plan

  variables {
    packaging = "container"
  }

  expect_failures = [var.packaging]
}

run "java_runtime" {
  command = plan

  variables {
    java_runtime = "java17"
  }

  expect_failures = [var.java_runtime]
}

run "snapshots_of_a_native_binary" {
  command = plan

  variables {
    snap_start = true
  }

  expect_failures = [var.snap_start]
}

run "architecture" {
  command = plan

  variables {
    architecture = "arm"
  }

  expect_failures = [var.architecture]
}

run "settings_of_an_unknown_function" {
  command = plan

  variables {
    function_settings = { phone = { memory_mb = 512 } }
  }

  expect_failures = [var.function_settings]
}

run "too_little_memory" {
  command = plan

  variables {
    function_settings = { api = { memory_mb = 64 } }
  }

  expect_failures = [var.function_settings]
}

run "settings_of_somebody_else" {
  command = plan

  variables {
    settings = { PATH = "/bin" }
  }

  expect_failures = [var.settings]
}

run "a_secret_among_the_settings" {
  command = plan

  variables {
    settings = { LOCKSTEP_ENTRA_CLIENT_SECRET = "hunter2" }
  }

  expect_failures = [var.settings]
}

run "inline_secrets" {
  command = plan

  variables {
    settings = { LOCKSTEP_CONFIG_INLINE_SECRETS = "true" }
  }

  expect_failures = [var.settings]
}

run "tenant_by_name" {
  command = plan

  variables {
    entra = { tenant_id = "contoso.com", client_id = "11111111-0000-0000-0000-000000000002" }
  }

  expect_failures = [var.entra]
}

run "kind_of_credential" {
  command = plan

  variables {
    entra = { tenant_id = "11111111-0000-0000-0000-000000000001", client_id = "11111111-0000-0000-0000-000000000002", credential = "password" }
  }

  expect_failures = [var.entra]
}

run "a_credential_instead_of_its_name" {
  command = plan

  variables {
    entra = { tenant_id = "11111111-0000-0000-0000-000000000001", client_id = "11111111-0000-0000-0000-000000000002", credential_secret = { arn = "s3cr3t" } }
  }

  expect_failures = [var.entra]
}

run "authority_without_tls" {
  command = plan

  variables {
    entra = { tenant_id = "11111111-0000-0000-0000-000000000001", client_id = "11111111-0000-0000-0000-000000000002", authority = "http://login.example.com" }
  }

  expect_failures = [var.entra]
}

run "dynamics_with_a_path" {
  command = plan

  variables {
    dynamics_url = "https://contoso.crm4.dynamics.com/api/data"
  }

  expect_failures = [var.dynamics_url]
}

run "dynamics_without_tls" {
  command = plan

  variables {
    dynamics_url = "http://contoso.crm4.dynamics.com"
  }

  expect_failures = [var.dynamics_url]
}

run "the_webhook_key_itself" {
  command = plan

  variables {
    dynamics_webhook_key_secret = { arn = "k7Qe" }
  }

  expect_failures = [var.dynamics_webhook_key_secret]
}

run "graph_without_version" {
  command = plan

  variables {
    graph_url = "https://graph.microsoft.com"
  }

  expect_failures = [var.graph_url]
}

run "notifications_without_users" {
  command = plan

  variables {
    teams_notifications = { service_user_secret_arns = [], certificate_secret_arn = "arn:aws:secretsmanager:eu-central-1:1:secret:c" }
  }

  expect_failures = [var.teams_notifications]
}

run "phone_tokens_themselves" {
  command = plan

  variables {
    phone_secret_arns = ["k7Qe"]
  }

  expect_failures = [var.phone_secret_arns]
}

run "application_secrets_themselves" {
  command = plan

  variables {
    application_secret_arns = ["whsec_x"]
  }

  expect_failures = [var.application_secret_arns]
}

run "issuer_without_tls" {
  command = plan

  variables {
    api_authorization = { issuer = "http://issuer", audiences = ["a"] }
  }

  expect_failures = [var.api_authorization]
}

run "tokens_for_anybody" {
  command = plan

  variables {
    api_authorization = { issuer = "https://issuer", audiences = [] }
  }

  expect_failures = [var.api_authorization]
}

run "domain_as_a_url" {
  command = plan

  variables {
    domain = { name = "https://presence.contoso.com", certificate_arn = "arn:aws:acm:eu-central-1:1:certificate/c" }
  }

  expect_failures = [var.domain]
}

run "burst_under_its_rate" {
  command = plan

  variables {
    throttling = { webhook_rate = 500, webhook_burst = 10 }
  }

  expect_failures = [var.throttling]
}

run "network_without_subnets" {
  command = plan

  variables {
    network = { subnet_ids = [], security_group_ids = ["sg-1"] }
  }

  expect_failures = [var.network]
}

run "boundary" {
  command = plan

  variables {
    permissions_boundary_arn = "boundary"
  }

  expect_failures = [var.permissions_boundary_arn]
}

run "an_alias_for_a_key" {
  command = plan

  variables {
    kms_key = { arn = "arn:aws:kms:eu-central-1:1:alias/mine" }
  }

  expect_failures = [var.kms_key]
}

run "aliases_for_keys" {
  command = plan

  variables {
    secret_kms_key_arns = ["alias/mine"]
  }

  expect_failures = [var.secret_kms_key_arns]
}

run "more_at_once_than_dataverse_takes" {
  command = plan

  variables {
    retry = { concurrency = 60 }
  }

  expect_failures = [var.retry]
}

run "schedule_of_a_webhook" {
  command = plan

  variables {
    schedules = { phone-event = "rate(1 minute)" }
  }

  expect_failures = [var.schedules]
}

run "schedule_in_words" {
  command = plan

  variables {
    schedules = { sweep = "every minute" }
  }

  expect_failures = [var.schedules]
}

run "retention" {
  command = plan

  variables {
    log_retention_days = 31
  }

  expect_failures = [var.log_retention_days]
}

run "topic" {
  command = plan

  variables {
    alarm_topic_arn = "operators@contoso.com"
  }

  expect_failures = [var.alarm_topic_arn]
}

run "threshold" {
  command = plan

  variables {
    alarm_thresholds = { errors = 0 }
  }

  expect_failures = [var.alarm_thresholds]
}
