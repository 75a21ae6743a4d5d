variable "environment" {
  description = "Which deployment this is; part of every name."
  type        = string
  default     = "production"
}

variable "function_zip" {
  description = "Path of the built `function.zip`."
  type        = string
}

variable "packaging" {
  description = "What the zip holds: `native` or `jvm`."
  type        = string
  default     = "native"
}

variable "architecture" {
  description = "`arm64` or `x86_64`."
  type        = string
  default     = "arm64"
}

variable "tenant_id" {
  description = "The Entra tenant."
  type        = string
}

variable "client_id" {
  description = "The app registration that Lockstep acts as towards Graph and Dataverse."
  type        = string
}

variable "dynamics_client_ids" {
  description = "Further app registrations that share writing to Dynamics 365 and to Teams."
  type        = set(string)
}

variable "api_client_id" {
  description = "The app registration whose tokens open the API and the board."
  type        = string
}

variable "dynamics_url" {
  description = "The Dynamics 365 environment."
  type        = string
}

variable "domain_name" {
  description = "Host name of the webhooks, the API and the board."
  type        = string
}

variable "certificate_arn" {
  description = "Certificate of that name, in the same region."
  type        = string
}

variable "hosted_zone_id" {
  description = "Route 53 zone of that name."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets with a way out through a NAT gateway, whose address the tenant's firewall knows."
  type        = list(string)
}

variable "security_group_ids" {
  description = "Security groups that let HTTPS out."
  type        = list(string)
}

variable "permissions_boundary_arn" {
  description = "The organisation's permissions boundary."
  type        = string
  default     = null
}

variable "alarm_email" {
  description = "Who is told about alarms."
  type        = string
}

variable "protect_data" {
  description = "Refuse to delete the tables. False only for trials."
  type        = bool
  default     = true
}
