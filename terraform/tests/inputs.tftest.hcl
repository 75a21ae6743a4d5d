# Every input that can be wrong is refused at plan, with a sentence that says what is right. One run
# holds one mistake for each of several inputs, and every one of them must be found.

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

run "mistakes_1" {
  command = plan

  variables {
    # name too long
    name = "a-name-that-is-far-too-long-for-buckets"
    # no artifact
    function_zip = null
    # packaging
    packaging = "container"
    # java runtime
    java_runtime = "java17"
    # architecture
    architecture = "arm"
    # settings of somebody else
    settings = { PATH = "/bin" }
    # tenant by name
    entra = { tenant_id = "contoso.com", client_id = "11111111-0000-0000-0000-000000000002" }
    # dynamics with a path
    dynamics_url = "https://contoso.crm4.dynamics.com/api/data"
    # the webhook key itself
    dynamics_webhook_key_secret = { arn = "k7Qe" }
    # graph without version
    graph_url = "https://graph.microsoft.com"
    # notifications without users
    teams_notifications = { service_user_secret_arns = [], certificate_secret_arns = ["arn:aws:secretsmanager:eu-central-1:1:secret:c"], client_state_secret_arn = "arn:aws:secretsmanager:eu-central-1:1:secret:s" }
    # phone tokens themselves
    phone_secret_arns = ["k7Qe"]
    # application secrets themselves
    application_secret_arns = ["whsec_x"]
    # issuer without tls
    api_authorization = { issuer = "http://issuer", audiences = ["a"] }
    # domain as a url
    domain = { name = "https://presence.contoso.com", certificate_arn = "arn:aws:acm:eu-central-1:1:certificate/c" }
    # burst under its rate
    throttling = { webhook_rate = 500, webhook_burst = 10 }
    # network without subnets
    network = { subnet_ids = [], security_group_ids = ["sg-1"] }
    # boundary
    permissions_boundary_arn = "boundary"
    # an alias for a key
    kms_key = { arn = "arn:aws:kms:eu-central-1:1:alias/mine" }
    # aliases for keys
    secret_kms_key_arns = ["alias/mine"]
    # more at once than dataverse takes
    retry = { concurrency = 60 }
    # schedule of a webhook
    schedules = { phone-event = "rate(1 minute)" }
    # retention
    log_retention_days = 31
    # topic
    alarm_topic_arn = "operators@contoso.com"
    # threshold
    alarm_thresholds = { errors = 0 }
  }

  expect_failures = [
    var.name,
    var.function_zip,
    var.packaging,
    var.java_runtime,
    var.architecture,
    var.settings,
    var.entra,
    var.dynamics_url,
    var.dynamics_webhook_key_secret,
    var.graph_url,
    var.teams_notifications,
    var.phone_secret_arns,
    var.application_secret_arns,
    var.api_authorization,
    var.domain,
    var.throttling,
    var.network,
    var.permissions_boundary_arn,
    var.kms_key,
    var.secret_kms_key_arns,
    var.retry,
    var.schedules,
    var.log_retention_days,
    var.alarm_topic_arn,
    var.alarm_thresholds,
  ]
}

run "mistakes_2" {
  command = plan

  variables {
    # name in capitals
    name = "Lockstep"
    # two artifacts
    function_object = { bucket = "b", key = "k" }
    # a secret among the settings
    settings = { LOCKSTEP_ENTRA_CLIENT_SECRET = "hunter2" }
    # kind of credential
    entra = { tenant_id = "11111111-0000-0000-0000-000000000001", client_id = "11111111-0000-0000-0000-000000000002", credential = "password" }
    # dynamics without tls
    dynamics_url = "http://contoso.crm4.dynamics.com"
    # tokens for anybody
    api_authorization = { issuer = "https://issuer", audiences = [] }
    # schedule in words
    schedules = { sweep = "every minute" }
  }

  expect_failures = [
    var.name,
    var.function_zip,
    var.settings,
    var.entra,
    var.dynamics_url,
    var.api_authorization,
    var.schedules,
  ]
}

run "settings_that_lead_elsewhere" {
  command = plan

  variables {
    # the laptop's profile allows inline secrets and plain addresses
    settings = { QUARKUS_PROFILE = "local" }
  }

  expect_failures = [var.settings]
}

run "settings_of_another_platform" {
  command = plan

  variables {
    # tokens would go there
    settings = { LOCKSTEP_GRAPH_URL = "https://elsewhere.example/v1.0" }
  }

  expect_failures = [var.settings]
}

run "settings_of_another_store" {
  command = plan

  variables {
    settings = { QUARKUS_DYNAMODB_ENDPOINT_OVERRIDE = "https://elsewhere.example" }
  }

  expect_failures = [var.settings]
}

run "mistakes_3" {
  command = plan

  variables {
    # artifact that is not there
    function_zip = "nowhere/function.zip"
    # inline secrets
    settings = { LOCKSTEP_CONFIG_INLINE_SECRETS = "true" }
    # a credential instead of its name
    entra = { tenant_id = "11111111-0000-0000-0000-000000000001", client_id = "11111111-0000-0000-0000-000000000002", credential_secret = { arn = "s3cr3t" } }
  }

  expect_failures = [
    var.function_zip,
    var.settings,
    var.entra,
  ]
}

run "mistakes_4" {
  command = plan

  variables {
    # authority without tls
    entra = { tenant_id = "11111111-0000-0000-0000-000000000001", client_id = "11111111-0000-0000-0000-000000000002", authority = "http://login.example.com" }
  }

  expect_failures = [
    var.entra,
  ]
}

# These are judged by other inputs, which must be right for that.
run "mistakes_in_combination_1" {
  command = plan

  variables {
    # snapshots of a native binary
    snap_start = true
    # settings of an unknown function
    function_settings = { phone = { memory_mb = 512 } }
    # a credential instead of its name
    dynamics_registrations = [{ client_id = "11111111-0000-0000-0000-000000000003", credential_secret = { arn = "hunter2" } }]
    # two that begin alike
    teams_registrations = [
      { client_id = "22222222-0000-0000-0000-000000000003", credential_secret = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:a-AbCdEf" } },
      { client_id = "22222222-0000-0000-0000-000000000004", credential_secret = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:b-AbCdEf" } },
    ]
  }

  expect_failures = [
    var.snap_start,
    var.function_settings,
    var.dynamics_registrations,
    var.teams_registrations,
  ]
}

run "mistakes_in_combination_2" {
  command = plan

  variables {
    # too little memory
    function_settings = { api = { memory_mb = 64 } }
  }

  expect_failures = [
    var.function_settings,
  ]
}
