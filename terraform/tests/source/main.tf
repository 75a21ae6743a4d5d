# The functions of the code: the names in @Funq("…") in its Java sources, written out or as a constant of the same file.

variable "sources" {
  description = "Folder of the product's Java sources."
  type        = string
}

locals {
  texts = { for file in fileset(var.sources, "**/*.java") : file => file("${var.sources}/${file}") }

  annotations = flatten([for file, text in local.texts : [
    for found in regexall("(?m)^\\s*@Funq\\b\\s*(?:\\(\\s*(?:value\\s*=\\s*)?([^)]*?)\\s*\\))?", text) : {
      file  = file
      names = startswith(coalesce(found[0], "-"), "\"") ? [trim(found[0], "\"")] : [for constant in regexall("\\b${coalesce(found[0], "-")}\\s*=\\s*\"([^\"]*)\"", text) : constant[0]]
    }
  ]])
}

output "files" {
  description = "How many sources were read."
  value       = length(local.texts)
}

output "functions" {
  description = "Names under which functions are exported."
  value       = toset(flatten(local.annotations[*].names))
}

output "unnamed" {
  description = "Sources that export a function under a name that cannot be read here."
  value       = [for annotation in local.annotations : annotation.file if length(annotation.names) != 1]
}
