terraform {
  # 1.9 is the first version whose validation blocks may look at other variables.
  required_version = ">= 1.9"

  required_providers {
    # Checked with 5.100. The java25 runtime needs 6.
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}
