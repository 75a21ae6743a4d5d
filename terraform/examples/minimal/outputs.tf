output "webhook_urls" {
  description = "What to enter in Dataverse and in phone systems."
  value       = module.lockstep.webhook_urls
}

output "secrets" {
  description = "Secrets to put values into, by hand."
  value       = module.lockstep.secrets
}

output "functions" {
  description = "The functions' names in Lambda."
  value       = module.lockstep.functions
}

output "tables" {
  description = "The tables' names."
  value       = module.lockstep.tables
}

output "dashboard_url" {
  description = "Who is out of sync, and why."
  value       = module.lockstep.dashboard_url
}

output "kms_key_arn" {
  description = "The key that everything is encrypted with; secrets of phone connections may use it as well."
  value       = module.lockstep.kms_key_arn
}
