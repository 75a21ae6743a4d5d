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

run "tables" {
  command = plan

  assert {
    condition = (
      aws_dynamodb_table.agents.hash_key == "agentId" && aws_dynamodb_table.identities.hash_key == "identity" &&
      aws_dynamodb_table.mappings.hash_key == "scope" && aws_dynamodb_table.control.hash_key == "key" &&
      aws_dynamodb_table.timeline.hash_key == "agentId" && aws_dynamodb_table.timeline.range_key == "at"
    )
    error_message = "The keys are not those that the code uses."
  }

  assert {
    condition = output.tables == {
      agents  = "lockstep-agents", identities = "lockstep-identities", mappings = "lockstep-mappings", timeline = "lockstep-timeline",
      control = "lockstep-control"
    }
    error_message = "The names must be the prefix that functions are told, and the table."
  }

  assert {
    condition = { for index in aws_dynamodb_table.agents.global_secondary_index : index.name => [index.hash_key, coalesce(index.range_key, "-"), index.projection_type] } == {
      pulse = ["dueShard", "-", "INCLUDE"]
      team  = ["team", "name", "INCLUDE"]
    }
    error_message = "Whoever passes over everybody needs the index of pulses, the board that of teams."
  }

  assert {
    condition = { for index in aws_dynamodb_table.agents.global_secondary_index : index.name => index.non_key_attributes } == {
      pulse = toset(["dueAt", "pulse"])
      team  = toset(["since", "status", "view"])
    }
    error_message = "The team's index holds what the board shows, the index of pulses what a pass must know."
  }

  assert {
    condition     = { for a in aws_dynamodb_table.agents.attribute : a.name => a.type } == { agentId = "S", dueShard = "S", team = "S", name = "S" }
    error_message = "Whatever is in a key is text."
  }

  assert {
    condition = alltrue([for t in [aws_dynamodb_table.timeline, aws_dynamodb_table.control] : t.ttl[0].enabled && t.ttl[0].attribute_name == "expiresAt"]) && (
      length(aws_dynamodb_table.agents.ttl) + length(aws_dynamodb_table.identities.ttl) + length(aws_dynamodb_table.mappings.ttl) == 0 || alltrue([
    for t in [aws_dynamodb_table.agents, aws_dynamodb_table.identities, aws_dynamodb_table.mappings] : try(!coalesce(t.ttl[0].enabled, false), true)]))
    error_message = "The timeline and control values expire; agents, identities and mappings never do."
  }

  assert {
    condition = alltrue([for t in [aws_dynamodb_table.agents, aws_dynamodb_table.identities, aws_dynamodb_table.mappings, aws_dynamodb_table.timeline, aws_dynamodb_table.control] :
      t.billing_mode == "PAY_PER_REQUEST" && t.point_in_time_recovery[0].enabled && t.deletion_protection_enabled &&
    t.server_side_encryption[0].enabled && t.server_side_encryption[0].kms_key_arn == "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"])
    error_message = "Every table is on demand, recoverable, protected and encrypted with the key."
  }
}

run "queue_of_a_new_account" {
  command = plan

  override_data {
    target = data.aws_servicequotas_service_quota.concurrent_executions
    values = { value = 10 }
  }

  assert {
    condition     = aws_lambda_event_source_mapping.retry.scaling_config[0].maximum_concurrency == 2
    error_message = "Retries take the instances that webhooks need."
  }

  expect_failures = [check.concurrent_executions]
}

run "queue_as_wide_as_given" {
  command = plan

  variables {
    retry = { concurrency = 3 }
  }

  assert {
    condition     = aws_lambda_event_source_mapping.retry.scaling_config[0].maximum_concurrency == 3 && length(data.aws_servicequotas_service_quota.concurrent_executions) == 0
    error_message = "Who says how many needs no right to read the quota."
  }
}

run "queue_of_large_batches" {
  command = plan

  variables {
    retry = { batch_size = 10 }
  }

  assert {
    condition     = aws_lambda_event_source_mapping.retry.scaling_config[0].maximum_concurrency == 4
    error_message = "Dataverse allows 52 requests at once, and events need room beside the queue's."
  }
}

run "queue" {
  command = plan

  assert {
    condition     = aws_lambda_event_source_mapping.retry.function_response_types == toset(["ReportBatchItemFailures"]) && aws_lambda_event_source_mapping.retry.scaling_config[0].maximum_concurrency == 8
    error_message = "One agent's failure must not repeat the others, and bulk work leaves the platforms room."
  }

  assert {
    condition     = aws_lambda_function_recursion_config.sync.recursive_loop == "Allow" && contains(keys(aws_cloudwatch_metric_alarm.single), "recursion-dropped")
    error_message = "Lambda drops the retries that sync sends itself, or nobody is told."
  }

  assert {
    condition     = aws_sqs_queue.retry.visibility_timeout_seconds >= 2 * aws_lambda_function.this["sync"].timeout && aws_lambda_function.this["sync"].timeout >= 2 * aws_lambda_event_source_mapping.retry.batch_size
    error_message = "A batch must fit into the function's time, and the function's time into the messages' absence."
  }

  assert {
    condition = (
      jsondecode(aws_sqs_queue_redrive_policy.retry.redrive_policy) == { deadLetterTargetArn = "arn:aws:sqs:eu-central-1:123456789012:lockstep-dead-letters", maxReceiveCount = 25 } &&
      jsondecode(aws_sqs_queue.dead_letters.redrive_allow_policy) == { redrivePermission = "byQueue", sourceQueueArns = ["arn:aws:sqs:eu-central-1:123456789012:lockstep-retry"] }
    )
    error_message = "What cannot be done goes to the dead letters, and nothing else may."
  }

  assert {
    condition     = alltrue([for q in [aws_sqs_queue.retry, aws_sqs_queue.dead_letters] : q.kms_master_key_id == "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"])
    error_message = "Messages are encrypted with the key."
  }

  assert {
    condition     = alltrue([for policy in values(aws_sqs_queue_policy.tls) : jsondecode(policy.policy).Statement[0].Effect == "Deny" && jsondecode(policy.policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false"])
    error_message = "Queues refuse what comes without TLS."
  }
}

run "a_larger_batch_gets_more_time" {
  command = plan

  variables {
    retry = { batch_size = 10, concurrency = 4 }
  }

  assert {
    condition     = aws_lambda_function.this["sync"].timeout == 30 && aws_sqs_queue.retry.visibility_timeout_seconds == 60 && aws_lambda_event_source_mapping.retry.batch_size == 10
    error_message = "Times follow the batch's size."
  }
}

run "schedules" {
  command = plan

  assert {
    condition = { for name, s in aws_scheduler_schedule.this : name => s.schedule_expression } == {
      sweep = "rate(1 minute)", directory = "rate(1 hour)", doctor = "rate(1 day)"
    }
    error_message = "The schedules are not those of the design (subscriptions are renewed only where there are any)."
  }

  assert {
    condition     = jsondecode(aws_scheduler_schedule.this["sweep"].target[0].input) == { seconds = 55 } && aws_lambda_function.this["sweep"].timeout > 75 && jsondecode(aws_scheduler_schedule.this["directory"].target[0].input) == {}
    error_message = "The watch goes on for most of its minute and has time to finish its round."
  }

  assert {
    condition = alltrue([for name, s in aws_scheduler_schedule.this : s.target[0].retry_policy[0].maximum_retry_attempts == 0 &&
    s.flexible_time_window[0].mode == "OFF" && aws_lambda_function_event_invoke_config.scheduled[name].maximum_retry_attempts == 0])
    error_message = "The next run is the retry."
  }
}

run "schedules_can_be_changed_and_switched_off" {
  command = plan

  variables {
    schedules = { directory = "cron(0 5 * * ? *)", doctor = null }
    teams_notifications = {
      service_user_secret_arns = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:watcher-1-AbCdEf"]
      certificate_secret_arns  = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:notify-AbCdEf"]
      client_state_secret_arn  = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:state-AbCdEf"
    }
  }

  assert {
    condition = { for name, s in aws_scheduler_schedule.this : name => s.schedule_expression } == {
      sweep = "rate(1 minute)", directory = "cron(0 5 * * ? *)", teams-subscriptions = "rate(10 minutes)"
    }
    error_message = "A schedule is replaced by its expression and removed by null; subscriptions bring their own."
  }
}

run "secrets_are_made_empty_where_none_is_given" {
  command = plan

  assert {
    condition = length(aws_secretsmanager_secret.entra) == 1 && length(aws_secretsmanager_secret.dynamics_webhook_key) == 1 && (
    aws_secretsmanager_secret.entra[0].recovery_window_in_days == 30 && aws_secretsmanager_secret.entra[0].kms_key_id == "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000")
    error_message = "Containers for the credential and the webhook's key, encrypted and recoverable."
  }
}

run "nothing_is_made_that_is_handed_in" {
  command = plan

  variables {
    function_zip    = null
    function_object = { bucket = "releases", key = "lockstep/function.zip", version = "3" }
    kms_key         = { arn = "arn:aws:kms:eu-central-1:123456789012:key/99999999-0000-0000-0000-000000000000" }
    entra = {
      tenant_id         = "11111111-0000-0000-0000-000000000001", client_id = "11111111-0000-0000-0000-000000000002"
      credential_secret = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mine-AbCdEf" }
    }
    dynamics_webhook_key_secret = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:key-AbCdEf" }
  }

  assert {
    condition     = length(aws_kms_key.this) + length(aws_s3_bucket.artifact) + length(aws_secretsmanager_secret.entra) + length(aws_secretsmanager_secret.dynamics_webhook_key) == 0
    error_message = "Key, artifact and secrets were handed in."
  }

  assert {
    condition = alltrue([for f in aws_lambda_function.this : f.s3_bucket == "releases" && f.s3_key == "lockstep/function.zip" && f.s3_object_version == "3"]) && (
    aws_dynamodb_table.agents.server_side_encryption[0].kms_key_arn == "arn:aws:kms:eu-central-1:123456789012:key/99999999-0000-0000-0000-000000000000")
    error_message = "What is handed in is used."
  }
}

run "the_artifact_goes_through_a_private_bucket" {
  command = plan

  assert {
    condition = (
      aws_s3_object.function[0].key == "function-${substr(filesha256("versions.tf"), 0, 16)}.zip" &&
      aws_s3_bucket_public_access_block.artifact[0].block_public_policy && aws_s3_bucket_public_access_block.artifact[0].restrict_public_buckets &&
      alltrue([for f in aws_lambda_function.this : f.s3_bucket == "artifacts" && f.filename == null && f.source_code_hash == filebase64sha256("versions.tf")])
    )
    error_message = "The artifact is uploaded once, under its hash, to a bucket that is nobody else's."
  }
}

run "the_key_is_for_this_deployment" {
  command = plan

  assert {
    condition = aws_kms_key.this[0].enable_key_rotation && alltrue([for s in jsondecode(aws_kms_key.this[0].policy).Statement :
    s.Sid == "AccountDecidesByIam" || can(s.Condition)])
    error_message = "The key rotates, and beside the account nobody may use it without a condition."
  }

  assert {
    condition     = alltrue([for s in jsondecode(aws_kms_key.this[0].policy).Statement : try(s.Principal != "*", true)])
    error_message = "The key is not for everybody."
  }
}

run "a_trial_can_be_thrown_away" {
  command = plan

  variables {
    protect_data = false
  }

  assert {
    condition     = !aws_dynamodb_table.agents.deletion_protection_enabled && aws_secretsmanager_secret.entra[0].recovery_window_in_days == 0
    error_message = "Without protection nothing stays behind."
  }
}
