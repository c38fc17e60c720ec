#!/usr/bin/env python3
"""Plays the AWS CLI on a folder of documents, for tests of the script. A profile's name is its
account's id; the file `log` lists what was written."""
import json, os, pathlib, re, sys

words, options, arguments = [], {}, iter(sys.argv[1:])
for argument in arguments:
    if argument.startswith("--"):
        options[argument] = next(arguments)
    else:
        words.append(argument)
operation = words[1]
account = options["--profile"]
if operation == "get-caller-identity":
    print(account)
    sys.exit()

noun = {"list-grants": "grant", "create-grant": "grant", "get-role": "assume-role-policy"}.get(
    operation, operation.split("-", 1)[1])
owners = ["--bucket", "--key-id", "--role-name", "--user-name", "--name"]


def document(option):
    scheme, path = options[option].split("://")
    assert scheme == "file"
    return json.loads(pathlib.Path(path).read_text(encoding="ascii"))


if operation == "create-grant":
    options["--key-id"] = document("--cli-input-json")["KeyId"]
owner = next(options[name] for name in owners if name in options)
policy = options.get("--policy-name", "") if noun in ("role-policy", "user-policy") else ""
folder = pathlib.Path(os.environ["FAKE_AWS"])
file = folder / re.sub("[^0-9A-Za-z]", "_", "-".join([account, noun, owner, policy]))

if operation.startswith(("get", "list")):
    none = {"bucket-policy": "NoSuchBucketPolicy", "access-point-policy": "NoSuchAccessPointPolicy"}
    if file.exists():
        print(file.read_text())
    elif noun == "grant":
        print("null")
    else:
        code = none.get(noun, "NoSuchEntity")
        sys.exit(f"\nAn error occurred ({code}) when calling the {operation} operation")
else:
    written = ["--policy", "--policy-document", "--server-side-encryption-configuration",
               "--cli-input-json"]
    file.write_text(json.dumps(document(next(name for name in written if name in options))))
    with open(folder / "log", "a") as log:
        print(operation, file=log)
