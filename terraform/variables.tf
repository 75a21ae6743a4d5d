# ---------------------------------------------------------------------------------------------------------------------
# What is deployed
# ---------------------------------------------------------------------------------------------------------------------

variable "name" {
  description = "Name of this deployment. Every resource carries it as its prefix, tables too: `lockstep` gives the tables `lockstep-agents`, `lockstep-identities` and so on."
  type        = string
  default     = "lockstep"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.name))
    error_message = "name must be 3 to 24 characters: lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen (role and bucket names are built from it and have length limits)."
  }
}

variable "function_zip" {
  description = "Path of the built `function.zip`. It is uploaded to a private bucket and deployed from there. Leave it null when the artifact is already in S3 (`function_object`)."
  type        = string
  default     = null

  validation {
    condition     = (var.function_zip == null) != (var.function_object == null)
    error_message = "Give exactly one of function_zip (a local file) and function_object (an artifact that is already in S3)."
  }

  validation {
    condition     = var.function_zip == null ? true : fileexists(var.function_zip)
    error_message = "function_zip names a file that does not exist. Build it first, or download it from a release."
  }
}

variable "function_object" {
  description = "The artifact when it is already in S3, in the same region: bucket, key and, for versioned buckets, the object's version. A change of `version` (or of `key`) is what makes the functions deploy anew."
  type = object({
    bucket  = string
    key     = string
    version = optional(string)
  })
  default = null
}

variable "packaging" {
  description = "`native`: the zip holds one `bootstrap` binary for provided.al2023. `jvm`: the zip holds the classes for a managed Java runtime. Native starts in well under a second; the JVM needs seconds, which costs webhooks their deadlines unless `snap_start` is on."
  type        = string
  default     = "native"

  validation {
    condition     = contains(["native", "jvm"], var.packaging)
    error_message = "packaging must be native or jvm."
  }
}

variable "java_runtime" {
  description = "Managed runtime for `packaging = \"jvm\"`. The classes are built for Java 21, so both serve; `java25` needs version 6 of the AWS provider."
  type        = string
  default     = "java21"

  validation {
    condition     = contains(["java21", "java25"], var.java_runtime)
    error_message = "java_runtime must be java21 or java25."
  }
}

variable "snap_start" {
  description = "Start JVM functions from a snapshot (Lambda SnapStart). Only for `packaging = \"jvm\"`; every deployment then publishes a version."
  type        = bool
  default     = false

  validation {
    condition     = !(var.snap_start && var.packaging == "native")
    error_message = "snap_start works on managed runtimes only: set packaging to jvm, or leave snap_start off."
  }
}

variable "architecture" {
  description = "Processor of the functions. It must be the one that the native binary was built for. arm64 costs a fifth less per second."
  type        = string
  default     = "arm64"

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "architecture must be arm64 or x86_64."
  }
}

variable "function_settings" {
  description = <<-EOT
    What single functions get instead of their defaults, by function name:
    `memory_mb` (also sets the share of a processor: 1769 MB is one), `timeout_seconds`,
    `reserved_concurrency` (-1: none reserved) and `provisioned_concurrency` (instances kept warm; 0: none; publishes versions).
  EOT
  type = map(object({
    memory_mb               = optional(number)
    timeout_seconds         = optional(number)
    reserved_concurrency    = optional(number)
    provisioned_concurrency = optional(number)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.function_settings) : contains(keys(local.functions), name)])
    error_message = "function_settings names a function that does not exist. The functions are: ${join(", ", sort(keys(local.functions)))}."
  }

  validation {
    condition = alltrue([for s in values(var.function_settings) :
      coalesce(s.memory_mb, 128) >= 128 && coalesce(s.memory_mb, 128) <= 10240 &&
      coalesce(s.timeout_seconds, 1) >= 1 && coalesce(s.timeout_seconds, 1) <= 900 &&
      (s.reserved_concurrency == null ? true : s.reserved_concurrency >= -1) &&
      (s.provisioned_concurrency == null ? true : s.provisioned_concurrency >= 0)
    ])
    error_message = "function_settings: memory_mb is 128 to 10240, timeout_seconds 1 to 900, reserved_concurrency at least -1, provisioned_concurrency at least 0."
  }
}

variable "settings" {
  description = "Further settings for every function, as environment variables, for example `{ LOCKSTEP_TEAMS_POLL_INTERVAL = \"5S\" }`. Never a secret: environment variables are readable by everybody who may read the function's configuration."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.settings) : can(regex("^(LOCKSTEP|QUARKUS)_[A-Z0-9_]+$", key))])
    error_message = "settings are environment variables that begin with LOCKSTEP_ or QUARKUS_."
  }

  validation {
    condition = length(setintersection(keys(var.settings), [
      "QUARKUS_FUNQY_EXPORT", "LOCKSTEP_TABLE_PREFIX", "LOCKSTEP_QUEUE_URL", "LOCKSTEP_ENTRA_CLIENT_SECRET",
      "LOCKSTEP_ENTRA_CERTIFICATE", "LOCKSTEP_DYNAMICS_WEBHOOK_KEY", "LOCKSTEP_CONFIG_INLINE_SECRETS",
      "LOCKSTEP_BROWSER_URL", "LOCKSTEP_BROWSER_CLIENT_ID", "LOCKSTEP_BROWSER_CLIENT_SECRET", "LOCKSTEP_BROWSER_CERTIFICATE", "LOCKSTEP_BROWSER_SESSION_KEYS",
    ])) == 0
    error_message = "settings may not replace what the module wires itself, nor hold or allow inline secrets."
  }

  validation {
    condition = alltrue([for key in keys(var.settings) : !can(regex(join("|", [
      "^QUARKUS_(PROFILE|CONFIG_.*)$", "^LOCKSTEP_(ENTRA|GRAPH|DYNAMICS)_(URL|AUTHORITY|TENANT_ID|CLIENT_ID)$",
      "ENDPOINT", "TRUST_ALL", "^LOCKSTEP_TEAMS_(CLIENT_STATE|NOTIFICATION_.*|SERVICE_USERS)$", "^LOCKSTEP_DYNAMICS_REGISTRATIONS_",
    ]), key))])
    error_message = "settings may not choose another profile or other configuration files, say where platforms, AWS or tokens are, or weaken TLS: the module's own variables say where the platforms are."
  }
}

variable "tags" {
  description = "Tags for every resource that can carry them."
  type        = map(string)
  default     = {}
  nullable    = false
}

# ---------------------------------------------------------------------------------------------------------------------
# The platforms
# ---------------------------------------------------------------------------------------------------------------------

variable "entra" {
  description = <<-EOT
    The app registration that Lockstep acts as. `credential` says what the secret holds: `certificate` (PEM: private key
    and certificate, what Microsoft recommends) or `client-secret`. `credential_secret` names an existing secret in
    Secrets Manager; without it the module makes an empty one, to be filled by hand: no value ever passes Terraform.
    (An object, here and below, so that it may name a secret or key that is made in the same apply.)
  EOT
  type = object({
    tenant_id         = string
    client_id         = string
    credential        = optional(string, "certificate")
    credential_secret = optional(object({ arn = string }))
    authority         = optional(string, "https://login.microsoftonline.com")
  })

  validation {
    condition     = alltrue([for id in [var.entra.tenant_id, var.entra.client_id] : can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", id))])
    error_message = "entra.tenant_id and entra.client_id must be GUIDs, as the app registration's overview page shows them."
  }

  validation {
    condition     = contains(["certificate", "client-secret"], var.entra.credential)
    error_message = "entra.credential must be certificate or client-secret."
  }

  validation {
    condition     = can(regex("^https://[^/]+$", var.entra.authority))
    error_message = "entra.authority must be an https origin without a path, for example https://login.microsoftonline.us."
  }

  validation {
    condition     = var.entra.credential_secret == null ? true : can(regex("^arn:[a-z-]+:secretsmanager:", var.entra.credential_secret.arn))
    error_message = "entra.credential_secret.arn must be the ARN of a secret in Secrets Manager, not the secret itself."
  }
}

variable "dynamics_url" {
  description = "The Dynamics 365 environment, for example `https://contoso.crm4.dynamics.com`."
  type        = string

  validation {
    condition     = can(regex("^https://[^/]+$", var.dynamics_url))
    error_message = "dynamics_url must be an https origin without a path, for example https://contoso.crm4.dynamics.com."
  }
}

variable "dynamics_registrations" {
  description = <<-EOT
    Further app registrations whose application users write presences in Dynamics 365, beside that of `entra` and in the
    same directory: Dataverse limits each by itself, and agents are shared out among all. `credential` as in `entra`;
    `credential_secret` names an existing secret in Secrets Manager.
  EOT
  type = list(object({
    client_id         = string
    credential        = optional(string, "certificate")
    credential_secret = object({ arn = string })
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for one in var.dynamics_registrations : can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", one.client_id))])
    error_message = "dynamics_registrations: each client_id must be a GUID, as the app registration's overview page shows it."
  }

  validation {
    condition     = length(distinct(concat([lower(var.entra.client_id)], [for one in var.dynamics_registrations : lower(one.client_id)]))) == length(var.dynamics_registrations) + 1
    error_message = "dynamics_registrations: each client_id may stand there once, and not that of entra."
  }

  validation {
    condition     = alltrue([for one in var.dynamics_registrations : contains(["certificate", "client-secret"], one.credential)])
    error_message = "dynamics_registrations: each credential must be certificate or client-secret."
  }

  validation {
    condition     = alltrue([for one in var.dynamics_registrations : can(regex("^arn:[a-z-]+:secretsmanager:", one.credential_secret.arn))])
    error_message = "dynamics_registrations: each credential_secret.arn must be the ARN of a secret in Secrets Manager, not the secret itself."
  }
}

variable "teams_registrations" {
  description = <<-EOT
    Further app registrations that set presences in Teams, beside that of `entra` and in the same directory, as
    `dynamics_registrations`; one may stand in both lists. `retired`: nobody belongs to it any more, and it takes back what
    it has in Teams; it may be removed four hours later.
  EOT
  type = list(object({
    client_id         = string
    credential        = optional(string, "certificate")
    credential_secret = object({ arn = string })
    retired           = optional(bool, false)
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for one in var.teams_registrations : can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", one.client_id))])
    error_message = "teams_registrations: each client_id must be a GUID, as the app registration's overview page shows it."
  }

  validation {
    condition = (
      !contains([for one in var.teams_registrations : lower(one.client_id)], lower(var.entra.client_id)) &&
      length(distinct([for one in var.teams_registrations : substr(lower(one.client_id), 0, 8)])) == length(var.teams_registrations)
    )
    error_message = "teams_registrations: each client_id may stand there once, and not that of entra; no two may begin with the same eight characters."
  }

  validation {
    condition     = alltrue([for one in var.teams_registrations : contains(["certificate", "client-secret"], one.credential)])
    error_message = "teams_registrations: each credential must be certificate or client-secret."
  }

  validation {
    condition     = alltrue([for one in var.teams_registrations : can(regex("^arn:[a-z-]+:secretsmanager:", one.credential_secret.arn))])
    error_message = "teams_registrations: each credential_secret.arn must be the ARN of a secret in Secrets Manager, not the secret itself."
  }
}

variable "dynamics_webhook_key_secret" {
  description = "Secret that holds the key which Dataverse sends in the header `x-lockstep-key` (two values, separated by a comma, while it is rotated). Without it the module makes an empty secret, to be filled by hand."
  type        = object({ arn = string })
  default     = null

  validation {
    condition     = var.dynamics_webhook_key_secret == null ? true : can(regex("^arn:[a-z-]+:secretsmanager:", var.dynamics_webhook_key_secret.arn))
    error_message = "dynamics_webhook_key_secret.arn must be the ARN of a secret in Secrets Manager, not the key itself."
  }
}

variable "graph_url" {
  description = "Microsoft Graph, with its version. National clouds have their own, for example `https://graph.microsoft.us/v1.0`."
  type        = string
  default     = "https://graph.microsoft.com/v1.0"

  validation {
    condition     = can(regex("^https://[^/]+/(v1\\.0|beta)$", var.graph_url))
    error_message = "graph_url must be https and end with the version, for example https://graph.microsoft.com/v1.0."
  }
}

variable "teams_notifications" {
  description = <<-EOT
    The optional faster way to see changes made in Teams: Graph change notifications. They need delegated service users,
    one for each 650 agents. `service_user_secret_arns`: one secret per service user, which holds its refresh token
    and is written back by `teams-subscriptions` once a day. `certificate_secret_arns`: certificates with their private keys as PEM, which
    notifications are encrypted for; the old one beside the new while it is replaced. `client_state_secret_arn`: a random
    text by which notifications are known to be ours (two, separated by a comma, while it is replaced).
    Null: changes are seen by polling alone (`sweep`), and nothing renews subscriptions.
  EOT
  type = object({
    service_user_secret_arns = list(string)
    certificate_secret_arns  = list(string)
    client_state_secret_arn  = string
  })
  default = null

  validation {
    condition     = var.teams_notifications == null ? true : length(var.teams_notifications.service_user_secret_arns) > 0 && length(var.teams_notifications.certificate_secret_arns) > 0
    error_message = "teams_notifications needs at least one service user's secret and one certificate's."
  }

  validation {
    condition = var.teams_notifications == null ? true : alltrue([for arn in concat(
      var.teams_notifications.service_user_secret_arns, var.teams_notifications.certificate_secret_arns, [var.teams_notifications.client_state_secret_arn],
    ) : can(regex("^arn:[a-z-]+:secretsmanager:", arn))])
    error_message = "teams_notifications takes ARNs of secrets in Secrets Manager, never their values."
  }
}

variable "phone_secret_arns" {
  description = "Secrets of phone connections that are not named `<name>/phones/…`. Those are readable for the phone webhook without being listed, so that a phone system can be connected without an apply."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.phone_secret_arns : can(regex("^arn:[a-z-]+:secretsmanager:", arn))])
    error_message = "phone_secret_arns takes ARNs of secrets in Secrets Manager."
  }
}

variable "application_secret_arns" {
  description = "Signing secrets of third-party applications that are not named `<name>/applications/…`. Those are readable without being listed."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.application_secret_arns : can(regex("^arn:[a-z-]+:secretsmanager:", arn))])
    error_message = "application_secret_arns takes ARNs of secrets in Secrets Manager."
  }
}

# ---------------------------------------------------------------------------------------------------------------------
# Who may call
# ---------------------------------------------------------------------------------------------------------------------

variable "api_authorization" {
  description = <<-EOT
    Whose tokens open `/api` and `/board`: the issuer (it must publish OpenID metadata) and the accepted audiences.
    `read_scopes` and `write_scopes` further ask for one of the named scopes, for GET and for PUT, POST and DELETE; they suit
    tokens of people. Tokens of applications carry roles instead: leave the scopes empty and require assignment in Entra.
    Use an app registration of its own for this, with assignment required, else every user of the tenant is let in.
  EOT
  type = object({
    issuer       = string
    audiences    = list(string)
    read_scopes  = optional(list(string), [])
    write_scopes = optional(list(string), [])
  })

  validation {
    condition     = can(regex("^https://", var.api_authorization.issuer))
    error_message = "api_authorization.issuer must be an https URL, for example https://login.microsoftonline.com/<tenant>/v2.0."
  }

  validation {
    condition     = length(var.api_authorization.audiences) > 0 && alltrue([for a in var.api_authorization.audiences : length(a) > 0])
    error_message = "api_authorization.audiences must name at least one audience: without one, a token for any application would be accepted."
  }
}

variable "browser_sign_in" {
  description = <<-EOT
    Lets people sign in with a browser and see the board. `client_id`: the app registration whose roles count, with
    `<url>/sign-in/callback` among its web redirect URIs. `credential` says what its secret holds: `client-secret` or
    `certificate`; `credential_secret` names an existing secret in Secrets Manager. Without it the module makes an empty
    one, and always one for the keys of sessions, both to be filled by hand. The routes of the board and of the sign-in
    have no authorizer then: the function looks at the session. Null: the board is for holders of a token.
  EOT
  type = object({
    client_id         = string
    credential        = optional(string, "client-secret")
    credential_secret = optional(object({ arn = string }))
  })
  default = null

  validation {
    condition     = var.browser_sign_in == null ? true : can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", var.browser_sign_in.client_id))
    error_message = "browser_sign_in.client_id must be a GUID, as the app registration's overview page shows it."
  }

  validation {
    condition     = var.browser_sign_in == null ? true : contains(["client-secret", "certificate"], var.browser_sign_in.credential)
    error_message = "browser_sign_in.credential must be client-secret or certificate."
  }

  validation {
    condition     = try(var.browser_sign_in.credential_secret, null) == null ? true : can(regex("^arn:[a-z-]+:secretsmanager:", var.browser_sign_in.credential_secret.arn))
    error_message = "browser_sign_in.credential_secret.arn must be the ARN of a secret in Secrets Manager, not the secret itself."
  }
}

variable "domain" {
  description = "Own domain name for the webhooks, the API and the board, with its certificate in the same region, and the Route 53 zone when the record is to be made here. The default address of the API is switched off then. Null: the default address."
  type = object({
    name            = string
    certificate_arn = string
    hosted_zone     = optional(object({ id = string }))
  })
  default = null

  validation {
    condition     = var.domain == null ? true : can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain.name))
    error_message = "domain.name must be a full host name in lower case, for example presence.contoso.com."
  }

  validation {
    condition     = var.domain == null ? true : can(regex("^arn:[a-z-]+:acm:", var.domain.certificate_arn))
    error_message = "domain.certificate_arn must be the ARN of a certificate in Certificate Manager."
  }
}

variable "throttling" {
  description = <<-EOT
    Requests per second and burst: `webhook` for each of the routes that platforms and phones call, `people` for each
    route of the API and the board. Dataverse never repeats an event that was refused with 429, and only the sweep
    heals it, so the webhooks' limit is protection against floods and not a means of pacing.
  EOT
  type = object({
    webhook_rate  = optional(number, 500)
    webhook_burst = optional(number, 1000)
    people_rate   = optional(number, 50)
    people_burst  = optional(number, 100)
  })
  default  = {}
  nullable = false

  validation {
    condition = alltrue([for limit in values(var.throttling) : limit >= 1 && limit <= 10000]) && (
    var.throttling.webhook_burst >= var.throttling.webhook_rate && var.throttling.people_burst >= var.throttling.people_rate)
    error_message = "throttling: every limit is 1 to 10000 (an account's default quota), and a burst is not under its rate."
  }
}

variable "network" {
  description = "Subnets and security groups for functions that must leave by a fixed address (tenant firewalls, Conditional Access). The subnets need a way out, such as a NAT gateway. Null: no VPC, which is cheaper and starts faster."
  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
  })
  default = null

  validation {
    condition     = var.network == null ? true : length(var.network.subnet_ids) > 0 && length(var.network.security_group_ids) > 0
    error_message = "network needs at least one subnet and one security group."
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary for every role that the module makes."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:[a-z-]+:iam::.*:policy/", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of an IAM policy."
  }
}

# ---------------------------------------------------------------------------------------------------------------------
# State, queue and schedules
# ---------------------------------------------------------------------------------------------------------------------

variable "kms_key" {
  description = "Customer managed key for tables, queues, logs, artifacts and the secrets made here. Its policy must let CloudWatch Logs use it. Null: the module makes one that rotates yearly."
  type        = object({ arn = string })
  default     = null

  validation {
    condition     = var.kms_key == null ? true : can(regex("^arn:[a-z-]+:kms:.*:key/", var.kms_key.arn))
    error_message = "kms_key.arn must be the ARN of a key (not of an alias)."
  }
}

variable "secret_kms_key_arns" {
  description = "Keys that secrets handed in by ARN are encrypted with, where that is neither the module's key nor the account's aws/secretsmanager."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.secret_kms_key_arns : can(regex("^arn:[a-z-]+:kms:.*:key/", arn))])
    error_message = "secret_kms_key_arns takes ARNs of keys (not of aliases)."
  }
}

variable "protect_data" {
  description = "Refuse to delete the tables (and keep secrets recoverable for 30 days). Switch it off only for deployments that are thrown away."
  type        = bool
  default     = true
  nullable    = false
}

variable "retry" {
  description = <<-EOT
    The retry queue: how many agents one call of `sync` takes (`batch_size`), how many calls run at the same time
    (`concurrency`), and after how many receipts a message goes to the dead letters. The agents of one call are worked on
    side by side, and Dataverse allows 52 concurrent requests per application user: the product of both stays below. The
    sweep finds whoever ends with the dead letters. Where `concurrency` is not given, the account's quota of concurrent
    executions is read (`servicequotas:GetServiceQuota` and `GetAWSDefaultServiceQuota`): 8 calls at a time, or as many as fit
    into 40 agents, and 2 while the account may run fewer than 100 instances at once, so that webhooks find one.
  EOT
  type = object({
    batch_size        = optional(number, 5)
    concurrency       = optional(number)
    max_receive_count = optional(number, 25)
  })
  default  = {}
  nullable = false

  validation {
    condition = (
      var.retry.batch_size >= 1 && var.retry.batch_size <= 10 &&
      (var.retry.concurrency == null ? true : var.retry.concurrency >= 2) &&
      var.retry.batch_size * coalesce(var.retry.concurrency, 2) <= 40 &&
      var.retry.max_receive_count >= 5 && var.retry.max_receive_count <= 1000
    )
    error_message = "retry: batch_size is 1 to 10; concurrency at least 2 (the least that SQS accepts), and batch_size times concurrency at most 40 (Dataverse allows 52 at once, and events need room beside it); max_receive_count 5 to 1000."
  }
}

variable "schedules" {
  description = "When scheduled functions run (EventBridge Scheduler expressions), where the default does not suit. `null` as a value switches one off."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.schedules) : contains(keys(local.default_schedules), name)])
    error_message = "schedules names a function that has no schedule. Those that have one: ${join(", ", sort(keys(local.default_schedules)))}."
  }

  validation {
    condition     = alltrue([for s in values(var.schedules) : s == null ? true : can(regex("^(rate|cron|at)\\(.+\\)$", s))])
    error_message = "schedules are rate(…) or cron(…) expressions."
  }
}

# ---------------------------------------------------------------------------------------------------------------------
# Observability
# ---------------------------------------------------------------------------------------------------------------------

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be one of the periods that CloudWatch Logs offers, such as 7, 14, 30, 90 or 365."
  }
}

variable "tracing" {
  description = "Trace functions with X-Ray."
  type        = bool
  default     = true
  nullable    = false
}

variable "alarm_topic_arn" {
  description = "SNS topic that alarms (and their end) are sent to. Null: alarms change their state and tell nobody."
  type        = string
  default     = null

  validation {
    condition     = var.alarm_topic_arn == null ? true : can(regex("^arn:[a-z-]+:sns:", var.alarm_topic_arn))
    error_message = "alarm_topic_arn must be the ARN of an SNS topic."
  }
}

variable "alarm_thresholds" {
  description = <<-EOT
    When alarms go off: `errors` and `throttles` of one function in five minutes (of what runs more rarely by the clock, two
    errors in an hour, one in each of two hours, or the one of a day); `slow_ms`, which one request in ten to a webhook or the API takes;
    `shown_seconds` after its arrival until a platform shows what keeps work away, for half an hour (one in a hundred, with few of them one in ten);
    `oldest_message_seconds` in the retry queue; `agents_out_of_sync` for ten minutes; `platform_throttled` answers of
    429 in five minutes; `platform_errors` failed writes and `failed_reads` failed reads in each of three times five
    minutes; `unread_minutes` since all of a platform or schedule was last read; `unknown_lines` calls for lines of nobody in an hour; `silence_minutes` by source (no webhook heard although agents are signed in; 0 switches it
    off); `credential_days_left`; `refused` requests in each of twice five minutes. What waits for its turn behind many
    others may lie in the retry queue for 15 minutes.
  EOT
  type = object({
    errors                 = optional(number, 3)
    throttles              = optional(number, 1)
    slow_ms                = optional(number, 2500)
    shown_seconds          = optional(number, 15)
    oldest_message_seconds = optional(number, 1200)
    agents_out_of_sync     = optional(number, 5)
    platform_throttled     = optional(number, 50)
    platform_errors        = optional(number, 50)
    failed_reads           = optional(number, 4)
    unread_minutes         = optional(number, 15)
    unknown_lines          = optional(number, 10)
    silence_minutes        = optional(map(number), { dynamics = 60 })
    credential_days_left   = optional(number, 21)
    refused                = optional(number, 20)
  })
  default  = {}
  nullable = false

  validation {
    condition = alltrue([for t in [
      var.alarm_thresholds.errors, var.alarm_thresholds.throttles, var.alarm_thresholds.slow_ms, var.alarm_thresholds.shown_seconds,
      var.alarm_thresholds.oldest_message_seconds, var.alarm_thresholds.agents_out_of_sync,
      var.alarm_thresholds.platform_throttled, var.alarm_thresholds.platform_errors, var.alarm_thresholds.unknown_lines,
      var.alarm_thresholds.failed_reads, var.alarm_thresholds.unread_minutes,
      var.alarm_thresholds.credential_days_left, var.alarm_thresholds.refused,
    ] : t >= 1]) && alltrue([for m in values(var.alarm_thresholds.silence_minutes) : m >= 0])
    error_message = "alarm_thresholds must be at least 1 (silence_minutes at least 0)."
  }
}
