# What a team usually has already, and hands to the module by ARN.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.id
}

# One key for everything. Its policy lets two services use it: logs write encrypted, and alarms speak to the topic.
resource "aws_kms_key" "this" {
  description             = "Contact centre (${var.environment})"
  enable_key_rotation     = true
  deletion_window_in_days = 7

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AccountDecidesByIam"
        Effect    = "Allow"
        Principal = { AWS = "arn:${local.partition}:iam::${local.account}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "Logs"
        Effect    = "Allow"
        Principal = { Service = "logs.${local.region}.${data.aws_partition.current.dns_suffix}" }
        Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
        Resource  = "*"
        Condition = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:${local.partition}:logs:${local.region}:${local.account}:log-group:*" } }
      },
      {
        Sid       = "Alarms"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
      },
    ]
  })
}

resource "aws_sns_topic" "alarms" {
  name              = "lockstep-${var.environment}-alarms"
  kms_master_key_id = aws_kms_key.this.id
}

resource "aws_sns_topic_subscription" "operators" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

# A release bucket that several deployments share; the module is told where the artifact lies.
resource "aws_s3_bucket" "releases" {
  bucket        = "lockstep-${var.environment}-releases-${local.account}"
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "releases" {
  bucket                  = aws_s3_bucket.releases.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_object" "function" {
  bucket      = aws_s3_bucket.releases.id
  key         = "lockstep/${filesha256(var.function_zip)}/function.zip"
  source      = var.function_zip
  source_hash = filesha256(var.function_zip)
}

# Containers only: values are put in by hand or by whatever rotates them.
resource "aws_secretsmanager_secret" "entra" {
  name_prefix             = "contact-centre/entra-"
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret" "dynamics" {
  for_each = var.dynamics_client_ids

  name_prefix             = "contact-centre/dynamics-"
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret" "dynamics_webhook_key" {
  name_prefix             = "contact-centre/dynamics-webhook-key-"
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = 0
}

# One service user sees 650 agents.
resource "aws_secretsmanager_secret" "service_user" {
  for_each = toset(["watcher-1", "watcher-2"])

  name_prefix             = "contact-centre/${each.key}-"
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret" "notification_certificate" {
  name_prefix             = "contact-centre/notification-certificate-"
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret" "notification_state" {
  name_prefix             = "contact-centre/notification-state-"
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret" "pbx" {
  name_prefix             = "contact-centre/pbx-"
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret" "wallboard" {
  name_prefix             = "contact-centre/wallboard-"
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = 0
}
