output "lockstep" {
  description = "Everything that the module tells: addresses, names, roles, policies."
  value       = module.lockstep
}
