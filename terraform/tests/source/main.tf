# The functions of the code: the names in @Funq("…") in its Java sources.

variable "sources" {
  description = "Folder of the product's Java sources."
  type        = string
}

locals {
  files = fileset(var.sources, "**/*.java")
}

output "files" {
  description = "How many sources were read."
  value       = length(local.files)
}

output "functions" {
  description = "Names under which functions are exported."
  value = toset(flatten([for f in local.files :
  [for found in regexall("@Funq\\s*\\(\\s*(?:value\\s*=\\s*)?\"([^\"]+)\"", file("${var.sources}/${f}")) : found[0]]]))
}

output "unnamed" {
  description = "Sources with an annotation whose name cannot be read: a function must be exported under a literal name."
  value = [for f in local.files : f if length(regexall("@Funq\\b", replace(file("${var.sources}/${f}"), "/(?m)^import .*$|//.*$|^\\s*\\*.*$/", ""))) !=
  length(regexall("@Funq\\s*\\(\\s*(?:value\\s*=\\s*)?\"[^\"]+\"", file("${var.sources}/${f}")))]
}
