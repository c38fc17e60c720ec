"""The AWS emulator of the tests: prints its port, and ends when nobody holds its input open.

A test that panics or is killed closes the pipe, so no emulator outlives its tests.
"""

import logging
import os
import sys
import threading

# As on AWS, nobody reads another account's bucket just like that.
os.environ["MOTO_S3_ALLOW_CROSSACCOUNT_ACCESS"] = "false"

from moto.dynamodb.models import DynamoDBBackend
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket
from moto.server import ThreadedMotoServer

# moto applies bucket policies without regard to conditions, and would keep an owner from the very
# bucket whose policy the tests have explained.
FakeBucket.get_permission = lambda self, action, resource: PermissionResult.NEUTRAL

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
