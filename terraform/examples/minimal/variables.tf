variable "function_zip" {
  description = "Path of the native `function.zip` for arm64."
  type        = string
}

variable "tenant_id" {
  description = "The Entra tenant."
  type        = string
}

variable "client_id" {
  description = "The app registration that Lockstep acts as towards Graph and Dataverse."
  type        = string
}

variable "api_client_id" {
  description = "The app registration whose tokens open the API and the board."
  type        = string
}

variable "dynamics_url" {
  description = "The Dynamics 365 environment."
  type        = string
}

variable "protect_data" {
  description = "Refuse to delete the tables. False only for trials."
  type        = bool
  default     = true
}
