"""A double of AWS for a real apply: moto, with the places filled in where it does less than AWS.

Prints its port (any free one of the loopback address) and serves until it is stopped.
"""

import json
import os
import re
import signal
import sys

from moto.apigatewayv2.models import DomainName
from moto.awslambda.models import EventSourceMapping
from moto.iam.access_control import PermissionResult
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3.models import FakeBucket
from moto.servicequotas.models import ServiceQuotasBackend
from moto.servicequotas.responses import ServiceQuotasResponse
from moto.sqs.models import Queue
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response


def keep_queue_attributes():
    """AWS keeps who may use a queue for dead letters, and the queue's policy when another attribute is set."""
    original_set, original_get = Queue._set_attributes, Queue.attributes.fget

    def set_attributes(queue, attributes, now=None):
        policy = getattr(queue, "policy", None)
        original_set(queue, attributes, now)
        if "Policy" not in attributes:
            queue.policy = policy
        if "RedriveAllowPolicy" in attributes:
            queue.redrive_allow_policy = attributes["RedriveAllowPolicy"]

    def attributes(queue):
        result = original_get(queue)
        if not result.get("RedriveAllowPolicy"):
            result.pop("RedriveAllowPolicy", None)
        return result

    Queue.redrive_allow_policy = None
    Queue.BASE_ATTRIBUTES = Queue.BASE_ATTRIBUTES + ["RedriveAllowPolicy"]
    Queue._set_attributes = set_attributes
    Queue.attributes = property(attributes)


def speak_as_if_over_tls():
    """Bucket policies here deny what comes without TLS. moto reads past the condition and would deny everything; to AWS
    these requests come over TLS, so the denial does not apply."""
    original = FakeBucket.get_permission

    def get_permission(bucket, action, resource):
        if bucket.policy and b"aws:SecureTransport" in bucket.policy:
            return PermissionResult.NEUTRAL
        return original(bucket, action, resource)

    FakeBucket.get_permission = get_permission


def keep_alias_of_mapping():
    """AWS answers with the alias that a queue was bound to; moto with the function alone."""
    original = EventSourceMapping.__init__

    def init(mapping, spec):
        original(mapping, spec)
        if spec["FunctionName"].count(":") == 7:
            mapping.function_arn = spec["FunctionName"]

    EventSourceMapping.__init__ = init


def make_domains_available():
    """AWS says when a domain name is ready to be used, and is silent on mutual TLS where there is none."""
    original = DomainName.to_json

    def to_json(domain):
        result = original(domain)
        if not result["mutualTlsAuthentication"]:
            del result["mutualTlsAuthentication"]
        result["domainNameConfigurations"] = [
            {"domainNameStatus": "AVAILABLE", "apiGatewayDomainName": f"d-check.{domain.domain_name}", "hostedZoneId": "Z2FDTNDATAQYW2", **each}
            for each in result["domainNameConfigurations"]
        ]
        return result

    DomainName.to_json = to_json


def know_lambda_quotas():
    """moto knows the quotas of VPC alone, and none as AWS gives it to begin with; an account that has been in use for a while
    runs a thousand functions at once."""
    original = ServiceQuotasBackend.get_service_quota

    def get_service_quota(backend, service_code, quota_code):
        if (service_code, quota_code) == ("lambda", "L-B99A9384"):
            return {"ServiceCode": service_code, "QuotaCode": quota_code, "QuotaName": "Concurrent executions", "Value": 1000.0}
        return original(backend, service_code, quota_code)

    ServiceQuotasBackend.get_service_quota = get_service_quota
    ServiceQuotasResponse.get_aws_default_service_quota = ServiceQuotasResponse.get_service_quota


def with_provisioned_concurrency(application):
    """moto does not know instances that are kept warm. Kept by function and alias, answered as ready at once."""
    kept = {}
    path = re.compile(r"^/2019-09-30/functions/([^/]+)/provisioned-concurrency$")

    def answer(request, which):
        if request.method == "PUT":
            kept[which] = json.loads(request.get_data())["ProvisionedConcurrentExecutions"]
        if which not in kept:
            return Response(json.dumps({"message": "none"}), 404, {"x-amzn-ErrorType": "ProvisionedConcurrencyConfigNotFoundException"})
        if request.method == "DELETE":
            del kept[which]
            return Response(status=204)
        number = kept[which]
        return Response(json.dumps({
            "RequestedProvisionedConcurrentExecutions": number,
            "AvailableProvisionedConcurrentExecutions": number,
            "AllocatedProvisionedConcurrentExecutions": number,
            "Status": "READY",
            "LastModified": "2026-01-01T00:00:00+0000",
        }), 202 if request.method == "PUT" else 200)

    def dispatch(environ, start_response):
        found = path.match(environ.get("PATH_INFO", ""))
        if not found:
            return application(environ, start_response)
        request = Request(environ)
        return answer(request, (found.group(1), request.args.get("Qualifier")))(environ, start_response)

    return dispatch


def with_recursion_settings(application):
    """moto does not know what Lambda does with a function that calls itself. Stopped unless told otherwise, as in AWS."""
    kept = {}
    path = re.compile(r"^/2024-08-31/functions/([^/]+)/recursion-config$")

    def dispatch(environ, start_response):
        found = path.match(environ.get("PATH_INFO", ""))
        if not found:
            return application(environ, start_response)
        request = Request(environ)
        if request.method == "PUT":
            kept[found.group(1)] = json.loads(request.get_data())["RecursiveLoop"]
        return Response(json.dumps({"RecursiveLoop": kept.get(found.group(1), "Terminate")}))(environ, start_response)

    return dispatch


def main():
    make_domains_available()
    keep_queue_attributes()
    keep_alias_of_mapping()
    speak_as_if_over_tls()
    know_lambda_quotas()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    application = with_recursion_settings(with_provisioned_concurrency(DomainDispatcherApplication(create_backend_app)))
    server = make_server("127.0.0.1", 0, application, threaded=True)
    # moto names queues by the address that it believes to have.
    os.environ["MOTO_PORT"] = str(server.server_port)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
