# The least that works: everything else has a default. Native, arm64, no own domain, alarms that tell nobody yet.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

provider "aws" {}

module "lockstep" {
  source = "../.."

  function_zip = var.function_zip

  entra = {
    tenant_id = var.tenant_id
    client_id = var.client_id
  }

  dynamics_url = var.dynamics_url

  api_authorization = {
    issuer    = "https://login.microsoftonline.com/${var.tenant_id}/v2.0"
    audiences = [var.api_client_id]
  }

  browser_sign_in = { client_id = var.api_client_id }

  protect_data = var.protect_data
}
