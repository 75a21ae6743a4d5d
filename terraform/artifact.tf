# The artifact always goes through S3. Lambda takes 50 MB at most directly, which the JVM zip (84 MB) exceeds and the
# native one (27 MB) may one day; and one upload serves all functions, where direct upload would send it once for each.

locals {
  uploaded = var.function_zip != null

  artifact = local.uploaded ? {
    bucket  = aws_s3_bucket.artifact[0].id
    key     = aws_s3_object.function[0].key
    version = null
    hash    = filebase64sha256(var.function_zip)
    } : {
    bucket  = var.function_object.bucket
    key     = var.function_object.key
    version = var.function_object.version
    hash    = null
  }
}

resource "aws_s3_bucket" "artifact" {
  count = local.uploaded ? 1 : 0

  bucket = "${var.name}-artifacts-${local.account}-${local.region}"
  # It holds nothing but what can be built or downloaded again.
  force_destroy = true
  tags          = var.tags
}

resource "aws_s3_bucket_public_access_block" "artifact" {
  count = local.uploaded ? 1 : 0

  bucket                  = aws_s3_bucket.artifact[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "artifact" {
  count = local.uploaded ? 1 : 0

  bucket = aws_s3_bucket.artifact[0].id

  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = local.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_policy" "artifact" {
  count = local.uploaded ? 1 : 0

  bucket = aws_s3_bucket.artifact[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyOverTls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.artifact[0].arn, "${aws_s3_bucket.artifact[0].arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })

  # S3 refuses two changes of a bucket's access at the same time (OperationAborted).
  depends_on = [aws_s3_bucket_public_access_block.artifact]
}

# The name holds the content's hash, so a new artifact is a new object: functions see the change, and a deployment that
# is under way never reads half of the old and half of the new.
resource "aws_s3_object" "function" {
  count = local.uploaded ? 1 : 0

  bucket      = aws_s3_bucket.artifact[0].id
  key         = "function-${substr(filesha256(var.function_zip), 0, 16)}.zip"
  source      = var.function_zip
  source_hash = filesha256(var.function_zip)
  tags        = var.tags

  lifecycle {
    create_before_destroy = true
  }

  # Else the object could be written before the bucket encrypts with the key.
  depends_on = [aws_s3_bucket_server_side_encryption_configuration.artifact]
}
