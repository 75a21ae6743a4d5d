# Every input used: own domain, own key, alarms by e-mail, a fixed way out, Graph notifications, JVM or native on either
# processor, instances kept warm, a permissions boundary and tags.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }

  # State holds no secret, but it says how everything is built: keep it in a bucket of your own, encrypted and locked.
  # backend "s3" {
  #   bucket       = "contoso-terraform-state"
  #   key          = "lockstep/production.tfstate"
  #   region       = "eu-central-1"
  #   encrypt      = true
  #   use_lockfile = true
  # }
}

provider "aws" {
  default_tags {
    tags = { environment = var.environment }
  }
}

module "lockstep" {
  source = "../.."

  name = "lockstep-${var.environment}"
  tags = { "cost-centre" = "contact-centre" }

  # What runs
  function_object = {
    bucket = aws_s3_bucket.releases.id
    key    = aws_s3_object.function.key
  }
  packaging    = var.packaging
  architecture = var.architecture
  function_settings = {
    phone-event = { memory_mb = 1024, provisioned_concurrency = 1 }
    doctor      = { timeout_seconds = 600 }
    sweep       = { memory_mb = 512 }
  }
  settings = { LOCKSTEP_TEAMS_POLL_INTERVAL = "10S" }

  # The platforms
  entra = {
    tenant_id         = var.tenant_id
    client_id         = var.client_id
    credential        = "client-secret"
    credential_secret = aws_secretsmanager_secret.entra
  }
  dynamics_url = var.dynamics_url
  dynamics_registrations = [for id in var.dynamics_client_ids : {
    client_id         = id
    credential_secret = aws_secretsmanager_secret.dynamics[id]
  }]
  teams_registrations = [for id in var.dynamics_client_ids : {
    client_id         = id
    credential_secret = aws_secretsmanager_secret.dynamics[id]
  }]
  dynamics_webhook_key_secret = aws_secretsmanager_secret.dynamics_webhook_key
  teams_notifications = {
    service_user_secret_arns = [for user in aws_secretsmanager_secret.service_user : user.arn]
    certificate_secret_arns  = [aws_secretsmanager_secret.notification_certificate.arn]
    client_state_secret_arn  = aws_secretsmanager_secret.notification_state.arn
  }
  phone_secret_arns       = [aws_secretsmanager_secret.pbx.arn]
  application_secret_arns = [aws_secretsmanager_secret.wallboard.arn]

  # Who may call
  api_authorization = {
    issuer       = "https://login.microsoftonline.com/${var.tenant_id}/v2.0"
    audiences    = [var.api_client_id]
    read_scopes  = ["Presence.Read"]
    write_scopes = ["Presence.Write"]
  }
  browser_sign_in = { client_id = var.api_client_id }
  domain = {
    name            = var.domain_name
    certificate_arn = var.certificate_arn
    hosted_zone     = { id = var.hosted_zone_id }
  }
  throttling = { webhook_rate = 800, webhook_burst = 1600 }
  network = {
    subnet_ids         = var.subnet_ids
    security_group_ids = var.security_group_ids
  }
  permissions_boundary_arn = var.permissions_boundary_arn

  # State, queue and schedules
  kms_key      = aws_kms_key.this
  protect_data = var.protect_data
  retry        = { batch_size = 10, concurrency = 4 }
  schedules    = { directory = "rate(15 minutes)" }

  # Observability
  log_retention_days = 90
  tracing            = true
  alarm_topic_arn    = aws_sns_topic.alarms.arn
  alarm_thresholds   = { agents_out_of_sync = 10, silence_minutes = { dynamics = 30, phone = 240 } }
}
