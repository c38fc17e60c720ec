"""The AWS emulator of the tests: prints its port, and ends when nobody holds its input open.

A test that panics or is killed closes the pipe, so no emulator outlives its tests.
"""

import logging
import os
import sys
import threading

# As on AWS, nobody reads another account's bucket just like that.
os.environ["MOTO_S3_ALLOW_CROSSACCOUNT_ACCESS"] = "false"

from moto.core.serialize import RestXMLSerializer
import moto.kms.responses
from moto.dynamodb.models import DynamoDBBackend
from moto.iam.access_control import PermissionResult
from moto.kms.models import Key
from moto.s3.models import FakeBucket
from moto.s3control.models import AccessPoint
from moto.server import ThreadedMotoServer

# moto applies bucket policies without regard to conditions, and would keep an owner from the very
# bucket whose policy the tests have explained.
FakeBucket.get_permission = lambda self, action, resource: PermissionResult.NEUTRAL

# The same of key policies; it also stumbles over a single statement without a list around it.
moto.kms.responses.validate_policy = lambda key, action: None

# moto puts every access point into one Region, whichever it was asked for.
make_access_point = AccessPoint.__init__


def make_access_point_here(self, *args, **kwargs):
    make_access_point(self, *args, **kwargs)
    self.arn = self.arn.replace(":us-east-1:", ":us-west-2:")


AccessPoint.__init__ = make_access_point_here

# What S3 Control answers is called a result; moto calls it a response, which the SDK does not take.
serialize_body = RestXMLSerializer._serialize_body


def serialize_result(self, body):
    if self.operation_model.service_model.service_name == "s3control":
        name = self.operation_model.name
        body = {f"{name}Result" if key == f"{name}Response" else key: body[key] for key in body}
    return serialize_body(self, body)


RestXMLSerializer._serialize_body = serialize_result

# On KMS one more grant of the same name and the same content is the same grant.
make_grant = Key.add_grant


def make_grant_once(self, name, *args, **kwargs):
    made = make_grant(self, name, *args, **kwargs)
    said = {**made.to_json(), "GrantId": None}
    same = [it for it in self.grants.values() if {**it.to_json(), "GrantId": None} == said]
    if name and same[0] is not made:
        del self.grants[made.id]
    return same[0] if name else made


Key.add_grant = make_grant_once

# moto looks at the condition of a write, and writes, in two steps that another thread can come
# between; on DynamoDB a conditional write is one step.
WRITES = threading.RLock()


def one_at_a_time(write):
    def locked(*args, **kwargs):
        with WRITES:
            return write(*args, **kwargs)

    return locked


for name in ("put_item", "update_item", "delete_item", "transact_write_items"):
    setattr(DynamoDBBackend, name, one_at_a_time(getattr(DynamoDBBackend, name)))

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
os._exit(0)
