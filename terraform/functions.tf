# One artifact, one Lambda per function: the environment variable QUARKUS_FUNQY_EXPORT says which one it is.
#
# `grants` are the names of files in policies/: what a function may do, and nothing else (see permissions.tf).
# `interactive`: somebody waits for the answer (a platform, a phone, a person), so it gets a larger share of a processor.

locals {
  # What every function may do that takes news of an agent and brings the platforms in line with it.
  synchronise = ["resolve-agents", "move-agents", "retry-later", "call-platforms", "sign-for-applications"]

  functions = {
    dynamics-change = {
      about       = "Login, logout, status and workload changes from Dynamics 365"
      timeout     = 10
      interactive = true
      # A representative who is new to us is taken in at once.
      grants = concat(local.synchronise, ["check-dynamics-key", "enrol-agents"])
    }
    phone-event = {
      about       = "Calls and do-not-disturb from phone systems"
      timeout     = 10
      interactive = true
      grants      = concat(local.synchronise, ["check-phones"])
    }
    teams-change = {
      about       = "Change notifications and lifecycle events from Microsoft Graph"
      timeout     = 10
      interactive = true
      grants      = concat(local.synchronise, local.notified ? ["read-notifications"] : [])
    }
    teams-watch = {
      about       = "Reads everybody's Teams presence once, or for as long as it is told"
      timeout     = 75
      interactive = false
      grants      = concat(local.synchronise, ["list-agents", "call-roll"])
    }
    teams-subscriptions = {
      about       = "Creates, renews and repairs Graph subscriptions"
      timeout     = 60
      interactive = false
      grants      = concat(["list-agents", "keep-subscriptions", "call-platforms"], local.notified ? ["read-notifications", "be-service-user"] : [])
    }
    shift-end = {
      about       = "Sees whose shift ended or began, by itself"
      timeout     = 60
      interactive = false
      grants      = concat(local.synchronise, ["list-agents", "call-roll"])
    }
    sync = {
      about = "Brings one agent in line again: retries and the bulk lane"
      # The agents of a batch are worked on side by side; where one after the other must do, each within two seconds.
      timeout     = 2 * var.retry.batch_size + 10
      interactive = false
      grants      = concat(local.synchronise, ["take-retries"])
    }
    sweep = {
      about = "One pass a minute: due agents, the Dynamics snapshot, shifts, drift, and Teams every few seconds"
      # It polls Teams until the minute is over and then finishes the round it is in.
      timeout     = 80
      interactive = false
      # It counts who is out of sync in what the board reads.
      grants = concat(local.synchronise, ["list-agents", "call-roll", "show-team"])
    }
    directory = {
      about       = "Builds the agent dictionary from Dataverse, then looks at how agents stand there"
      timeout     = 300
      interactive = false
      # Phone lines are given to people who may not be known yet; when they are, their lines are bound to them.
      grants = concat(local.synchronise, ["list-agents", "call-roll", "enrol-agents", "bind-lines"])
    }
    api = {
      about       = "Third-party applications read and set presence"
      timeout     = 10
      interactive = true
      grants      = concat(local.synchronise, ["show-team", "show-history"])
    }
    board = {
      about       = "The supervisor's pages"
      timeout     = 10
      interactive = true
      # With a browser people open one agent, and supervisors act on them (to set a pause is to put a mode, which everybody
      # who synchronises may; to end one is not), and see how many are planned and what a team has in hand; holders of a
      # token see teams alone.
      grants = local.signs_in ? concat(local.synchronise, ["show-team", "show-history", "sign-people-in", "hold-agents", "call-roll"]) : ["show-team", "show-waves", "know-supervisors"]
    }
    changes = {
      about = "Tells third-party applications whose status has changed"
      # It waits for a change: with the second that the gateway waits longer, all that a gateway gives.
      timeout     = 29
      interactive = false
      grants      = ["show-team", "know-supervisors"]
    }
    config = {
      about       = "Validates, applies and exports mapping, connections and agents"
      timeout     = 60
      interactive = false
      grants      = ["keep-configuration"]
    }
    config-api = {
      about = "The same as config, for holders of a token and for people in a browser"
      # With the second that the gateway waits longer, all that a gateway gives.
      timeout     = 29
      interactive = false
      # It looks at sessions; the sign-in itself is the board's.
      grants = local.signs_in ? ["keep-configuration", "know-people"] : ["keep-configuration"]
    }
    doctor = {
      about       = "Checks the set-up and times a synchronisation end to end"
      timeout     = 300
      interactive = false
      grants = concat(local.synchronise, ["inspect", "check-dynamics-key", "check-phones"],
      local.notified ? ["read-notifications", "inspect-service-users"] : [])
    }
  }

  # Native instances need 75 to 115 MB; the rest is bought for the processor share that comes with it. The JVM needs
  # about 290 MB, and one whole processor (1769 MB) to start inside a webhook's patience.
  memory_mb = {
    native = { interactive = 512, background = 256 }
    jvm    = { interactive = 1769, background = 1024 }
  }

  notified = var.teams_notifications != null

  settled = { for name, function in local.functions : name => {
    memory_mb   = coalesce(try(var.function_settings[name].memory_mb, null), local.memory_mb[var.packaging][function.interactive ? "interactive" : "background"])
    timeout     = coalesce(try(var.function_settings[name].timeout_seconds, null), function.timeout)
    reserved    = coalesce(try(var.function_settings[name].reserved_concurrency, null), -1)
    provisioned = coalesce(try(var.function_settings[name].provisioned_concurrency, null), 0)
  } }

  # Only snapshots and instances kept warm need a published version. Without them none is published: versions pile up
  # against the account's 75 GB for code, and nothing deletes them.
  published = { for name, _ in local.functions : name => var.snap_start || local.settled[name].provisioned > 0 }

  runtime_environment = {
    # A native binary on a custom runtime must leave signals to Lambda (Quarkus guide "Amazon Lambda", native deployment).
    native = { DISABLE_SIGNAL_HANDLERS = "true" }
    java21 = {}
    # Quarkus' threads reset their locals, which Java 24 and newer forbid unless they are told not to.
    java25 = { JAVA_TOOL_OPTIONS = "--add-opens=java.base/java.lang=ALL-UNNAMED" }
  }

  common_environment = merge(
    {
      LOCKSTEP_TABLE_PREFIX    = local.table_prefix
      LOCKSTEP_QUEUE_URL       = aws_sqs_queue.retry.url
      LOCKSTEP_ENTRA_AUTHORITY = var.entra.authority
      LOCKSTEP_ENTRA_TENANT_ID = var.entra.tenant_id
      LOCKSTEP_ENTRA_CLIENT_ID = var.entra.client_id
      LOCKSTEP_GRAPH_URL       = var.graph_url
      LOCKSTEP_DYNAMICS_URL    = var.dynamics_url
    },
    local.registration_names,
    local.runtime_environment[var.packaging == "native" ? "native" : var.java_runtime],
    var.settings,
  )

  # Names of secrets, never their values, and only where the role may read them.
  granted_environment = {
    call-platforms     = merge({ (local.entra_credential_variable) = local.secret_arns.entra }, local.registration_credentials)
    check-dynamics-key = { LOCKSTEP_DYNAMICS_WEBHOOK_KEY = local.secret_arns.dynamics_webhook_key }
    read-notifications = {
      LOCKSTEP_TEAMS_CLIENT_STATE      = try(var.teams_notifications.client_state_secret_arn, "")
      LOCKSTEP_TEAMS_NOTIFICATION_KEYS = join(",", try(var.teams_notifications.certificate_secret_arns, []))
    }
    be-service-user = {
      LOCKSTEP_TEAMS_SERVICE_USERS    = join(",", try(var.teams_notifications.service_user_secret_arns, []))
      LOCKSTEP_TEAMS_NOTIFICATION_URL = local.public_url
    }
    sign-people-in = {
      LOCKSTEP_BROWSER_CLIENT_ID              = try(var.browser_sign_in.client_id, "")
      LOCKSTEP_BROWSER_URL                    = local.public_url
      (local.browser_sign_in_credential_name) = try(local.secret_arns.browser_sign_in, "")
      LOCKSTEP_BROWSER_SESSION_KEYS           = try(local.secret_arns.session_keys, "")
    }
    know-people = {
      LOCKSTEP_BROWSER_CLIENT_ID    = try(var.browser_sign_in.client_id, "")
      LOCKSTEP_BROWSER_URL          = local.public_url
      LOCKSTEP_BROWSER_SESSION_KEYS = try(local.secret_arns.session_keys, "")
    }
    inspect-service-users = { LOCKSTEP_TEAMS_SERVICE_USERS = join(",", try(var.teams_notifications.service_user_secret_arns, [])) }
  }
}

resource "aws_lambda_function" "this" {
  for_each = local.functions

  function_name = "${var.name}-${each.key}"
  description   = each.value.about
  role          = aws_iam_role.function[each.key].arn

  runtime       = var.packaging == "native" ? "provided.al2023" : var.java_runtime
  handler       = var.packaging == "native" ? "bootstrap" : "io.quarkus.funqy.lambda.FunqyStreamHandler::handleRequest"
  architectures = [var.architecture]

  s3_bucket         = local.artifact.bucket
  s3_key            = local.artifact.key
  s3_object_version = local.artifact.version
  source_code_hash  = local.artifact.hash

  memory_size                    = local.settled[each.key].memory_mb
  timeout                        = local.settled[each.key].timeout
  reserved_concurrent_executions = local.settled[each.key].reserved
  publish                        = local.published[each.key]

  environment {
    variables = merge(concat(
      [local.common_environment],
      [for grant in each.value.grants : lookup(local.granted_environment, grant, {})],
      [{ QUARKUS_FUNQY_EXPORT = each.key }],
    )...)
  }

  tracing_config {
    mode = var.tracing ? "Active" : "PassThrough"
  }

  dynamic "snap_start" {
    for_each = var.snap_start ? [true] : []
    content {
      apply_on = "PublishedVersions"
    }
  }

  dynamic "vpc_config" {
    for_each = var.network[*]
    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  tags = var.tags

  # The log group first: a function that runs before it would have Lambda make one without retention or key, if it could.
  # The policy first: a function in a VPC cannot be created by a role that may not yet make network interfaces.
  depends_on = [aws_cloudwatch_log_group.function, aws_iam_role_policy.function]
}

# Everything that calls a function calls its alias, so that going over to published versions moves no trigger.
resource "aws_lambda_alias" "live" {
  for_each = local.functions

  name             = "live"
  description      = "What triggers call"
  function_name    = aws_lambda_function.this[each.key].function_name
  function_version = aws_lambda_function.this[each.key].version
}

resource "aws_lambda_provisioned_concurrency_config" "this" {
  for_each = { for name, settled in local.settled : name => settled.provisioned if settled.provisioned > 0 }

  function_name                     = aws_lambda_function.this[each.key].function_name
  qualifier                         = aws_lambda_alias.live[each.key].name
  provisioned_concurrent_executions = each.value
}

# Scheduled runs are not tried again: the next one comes by itself and finds the same work, and a late second one would
# only add load to a platform that is in trouble.
resource "aws_lambda_function_event_invoke_config" "scheduled" {
  for_each = local.schedules

  function_name                = aws_lambda_function.this[each.key].function_name
  qualifier                    = aws_lambda_alias.live[each.key].name
  maximum_retry_attempts       = 0
  maximum_event_age_in_seconds = 60
}
