# Terraform knows secrets by name only. Where none is handed in, an empty one is made; its value is put in by hand
# (`aws secretsmanager put-secret-value`) and never enters the state.

locals {
  entra_credential_variable = var.entra.credential == "certificate" ? "LOCKSTEP_ENTRA_CERTIFICATE" : "LOCKSTEP_ENTRA_CLIENT_SECRET"

  secret_arns = merge({
    entra                = var.entra.credential_secret == null ? aws_secretsmanager_secret.entra[0].arn : var.entra.credential_secret.arn
    dynamics_webhook_key = var.dynamics_webhook_key_secret == null ? aws_secretsmanager_secret.dynamics_webhook_key[0].arn : var.dynamics_webhook_key_secret.arn
    }, local.signs_in ? {
    browser_sign_in = try(var.browser_sign_in.credential_secret, null) == null ? aws_secretsmanager_secret.browser_sign_in[0].arn : var.browser_sign_in.credential_secret.arn
    session_keys    = aws_secretsmanager_secret.session_keys[0].arn
  } : {})

  browser_sign_in_credential_name = try(var.browser_sign_in.credential, "client-secret") == "certificate" ? "LOCKSTEP_BROWSER_CERTIFICATE" : "LOCKSTEP_BROWSER_CLIENT_SECRET"

  registrations = merge(
    { for index, one in var.dynamics_registrations : "LOCKSTEP_DYNAMICS_REGISTRATIONS_${index}__" => merge(one, { retired = false }) },
    { for index, one in var.teams_registrations : "LOCKSTEP_GRAPH_REGISTRATIONS_${index}__" => one },
  )
  registration_names = merge(
    { for prefix, one in local.registrations : "${prefix}CLIENT_ID" => one.client_id },
    { for prefix, one in local.registrations : "${prefix}RETIRED" => "true" if one.retired },
  )
  registration_credentials = { for prefix, one in local.registrations :
    "${prefix}${one.credential == "certificate" ? "CERTIFICATE" : "CLIENT_SECRET"}" => one.credential_secret.arn
  }

  secrets_prefix = "arn:${local.partition}:secretsmanager:${local.region}:${local.account}:secret:${var.name}"

  # A phone system or an application is connected by an administrator through `config`, without an apply: so the roles
  # name a folder of secrets and not each of them.
  phone_secret_arns       = concat(["${local.secrets_prefix}/phones/*"], var.phone_secret_arns)
  application_secret_arns = concat(["${local.secrets_prefix}/applications/*"], var.application_secret_arns)
}

resource "aws_secretsmanager_secret" "entra" {
  count = var.entra.credential_secret == null ? 1 : 0

  name                    = "${var.name}/entra"
  description             = "Credential (${var.entra.credential}) of the app registration ${var.entra.client_id}"
  kms_key_id              = local.kms_key_arn
  recovery_window_in_days = var.protect_data ? 30 : 0
  tags                    = var.tags
}

resource "aws_secretsmanager_secret" "dynamics_webhook_key" {
  count = var.dynamics_webhook_key_secret == null ? 1 : 0

  name                    = "${var.name}/dynamics-webhook-key"
  description             = "What Dataverse sends in the header x-lockstep-key; two values, separated by a comma, while it is rotated"
  kms_key_id              = local.kms_key_arn
  recovery_window_in_days = var.protect_data ? 30 : 0
  tags                    = var.tags
}

resource "aws_secretsmanager_secret" "browser_sign_in" {
  count = local.signs_in && try(var.browser_sign_in.credential_secret, null) == null ? 1 : 0

  name                    = "${var.name}/browser-sign-in"
  description             = "Credential (${var.browser_sign_in.credential}) of the app registration as which people sign in with a browser"
  kms_key_id              = local.kms_key_arn
  recovery_window_in_days = var.protect_data ? 30 : 0
  tags                    = var.tags
}

resource "aws_secretsmanager_secret" "session_keys" {
  count = local.signs_in ? 1 : 0

  name                    = "${var.name}/session-keys"
  description             = "What seals the sessions of people in a browser: keys of 32 bytes in Base64; several, separated by commas, while they are rotated"
  kms_key_id              = local.kms_key_arn
  recovery_window_in_days = var.protect_data ? 30 : 0
  tags                    = var.tags
}
