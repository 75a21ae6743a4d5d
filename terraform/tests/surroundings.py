"""Makes, in the double, what examples/complete expects to find in an account, and prints it as Terraform variables."""

import json

import boto3


def main():
    ec2, iam = boto3.client("ec2"), boto3.client("iam")
    network = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=network, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    group = ec2.create_security_group(VpcId=network, GroupName="https-out", Description="HTTPS out")["GroupId"]
    certificate = boto3.client("acm").request_certificate(DomainName="presence.contoso.com")["CertificateArn"]
    zone = boto3.client("route53").create_hosted_zone(Name="contoso.com", CallerReference="check")["HostedZone"]["Id"]
    boundary = iam.create_policy(
        PolicyName="boundary",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}),
    )["Policy"]["Arn"]
    print(json.dumps({
        "dynamics_client_ids": ["11111111-0000-0000-0000-000000000004"],
        "subnet_ids": [subnet],
        "security_group_ids": [group],
        "domain_name": "presence.contoso.com",
        "certificate_arn": certificate,
        "hosted_zone_id": zone.rsplit("/", 1)[-1],
        "permissions_boundary_arn": boundary,
        "alarm_email": "operators@contoso.com",
        "environment": "check",
    }))


if __name__ == "__main__":
    main()
