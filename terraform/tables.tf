# On demand: presence changes come in bursts (a shift's end, a platform's return), and the quiet hours cost nothing.

locals {
  table_prefix = "${var.name}-"
}

# One item per agent: profile, situation, standings, version, lease.
resource "aws_dynamodb_table" "agents" {
  name         = "${local.table_prefix}agents"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "agentId"

  deletion_protection_enabled = var.protect_data
  tags                        = var.tags

  attribute {
    name = "agentId"
    type = "S"
  }

  attribute {
    name = "dueShard"
    type = "S"
  }

  attribute {
    name = "team"
    type = "S"
  }

  attribute {
    name = "name"
    type = "S"
  }

  # Two hundred bytes of everybody, read each minute. Sharded, so that a shift's end does not land on one partition.
  global_secondary_index {
    name               = "pulse"
    hash_key           = "dueShard"
    projection_type    = "INCLUDE"
    non_key_attributes = ["dueAt", "pulse"]
  }

  # Just what the board shows.
  global_secondary_index {
    name               = "team"
    hash_key           = "team"
    range_key          = "name"
    projection_type    = "INCLUDE"
    non_key_attributes = ["since", "status", "view"]
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = local.kms_key_arn
  }
}

# Which agent an id on one platform belongs to.
resource "aws_dynamodb_table" "identities" {
  name         = "${local.table_prefix}identities"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "identity"

  deletion_protection_enabled = var.protect_data
  tags                        = var.tags

  attribute {
    name = "identity"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = local.kms_key_arn
  }
}

# The mapping documents and the connections, by scope.
resource "aws_dynamodb_table" "mappings" {
  name         = "${local.table_prefix}mappings"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "scope"

  deletion_protection_enabled = var.protect_data
  tags                        = var.tags

  attribute {
    name = "scope"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = local.kms_key_arn
  }
}

# Every decision, until it expires.
resource "aws_dynamodb_table" "timeline" {
  name         = "${local.table_prefix}timeline"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "agentId"
  range_key    = "at"

  deletion_protection_enabled = var.protect_data
  tags                        = var.tags

  attribute {
    name = "agentId"
    type = "S"
  }

  attribute {
    name = "at"
    type = "S"
  }

  ttl {
    enabled        = true
    attribute_name = "expiresAt"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = local.kms_key_arn
  }
}

# Budgets, pauses of platforms, cursors, subscriptions, modes, counters.
resource "aws_dynamodb_table" "control" {
  name         = "${local.table_prefix}control"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "key"

  deletion_protection_enabled = var.protect_data
  tags                        = var.tags

  attribute {
    name = "key"
    type = "S"
  }

  ttl {
    enabled        = true
    attribute_name = "expiresAt"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = local.kms_key_arn
  }
}
