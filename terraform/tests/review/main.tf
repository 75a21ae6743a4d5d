# Reads policies as a reviewer would: per function and resource, which actions.

variable "policies" {
  description = "Policies as JSON, by function."
  type        = map(string)
}

locals {
  statements = flatten([for function, policy in var.policies : [
    for statement in jsondecode(policy).Statement : merge(
      { Condition = {} }, statement,
      { function = function, Action = flatten([statement.Action]), Resource = flatten([statement.Resource]) },
    )
  ]])

  # "table/lockstep-agents": account, region and partition say nothing here.
  grants = flatten([for s in local.statements : [for resource in s.Resource : {
    function = s.function
    actions  = s.Action
    resource = join(" item ", compact([
      join(" via ", compact([
        replace(resource, "/^arn:aws:[a-z0-9]+:[a-z0-9-]*:[0-9]*:/", ""),
        split(".", try(s.Condition.StringEquals["kms:ViaService"], ""))[0],
      ])),
      try(s.Condition["ForAllValues:StringEquals"]["dynamodb:LeadingKeys"][0], s.Condition["ForAllValues:StringLike"]["dynamodb:LeadingKeys"][0], ""),
    ]))
  }]])
}

output "permissions" {
  description = "Actions by function and resource."
  value = { for function in sort(keys(var.policies)) : function => {
    for resource in sort(distinct([for g in local.grants : g.resource if g.function == function])) : resource =>
    sort(distinct(flatten([for g in local.grants : g.actions if g.function == function && g.resource == resource])))
  } }
}

output "wild_actions" {
  description = "Statements with an action that is not named in full."
  value       = [for s in local.statements : "${s.function}/${s.Sid}" if anytrue([for a in s.Action : strcontains(a, "*")])]
}

output "wild_resources" {
  description = "Identifiers of statements for any resource whatever."
  value       = distinct([for s in local.statements : s.Sid if contains(s.Resource, "*")])
}

output "not_plain_allow" {
  description = "Statements that are anything else than an Allow with an identifier, actions and resources."
  value = [for s in local.statements : s.function if s.Effect != "Allow" || try(s.Sid, "") == "" ||
  anytrue([for key in ["NotAction", "NotResource", "Principal"] : can(s[key])])]
}
