#!/usr/bin/env python3
"""Makes the schemas in this folder, with which the tests check every request.

    python3 make.py

It needs npm, pip and cargo, and takes from their registries what the vendors publish:

github.json  @octokit/openapi 23.0.2 (MIT): bodies and query parameters of the operations used
adf.json     @atlaskit/adf-schema 57.7.22 (Apache-2.0): json-schema/v1/full.json as it is
ssm.json     botocore 1.44.5 (Apache-2.0): input shapes of the operations used
jira.json    jira_v3_openapi 1.6.1 (Apache-2.0), a crate generated from Atlassian's own description
             of the REST interface: the fields of the bodies used and the query parameters

Objects whose fields are listed take no others here: a name that is written wrong is found.
"""

import gzip
import json
import pathlib
import re
import subprocess
import tarfile
import tempfile
import zipfile

HERE = pathlib.Path(__file__).parent


def run(*command, cwd):
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)


def write(name, about, schemas):
    text = json.dumps({"about": about, **schemas}, indent=1, ensure_ascii=False, sort_keys=True)
    (HERE / name).write_text(text + "\n", encoding="utf-8")


def npm(package, member, folder):
    run("npm", "pack", "--silent", package, cwd=folder)
    name = package.rsplit("@", 1)[0].lstrip("@").replace("/", "-")
    with tarfile.open(next(folder.glob(f"{name}-*.tgz"))) as archive:
        return json.load(archive.extractfile(f"package/{member}"))


def strict(schema):
    """OpenAPI 3.0 as JSON Schema, without the prose."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: strict(value)
        for key, value in schema.items()
        if key not in ("description", "example", "examples", "nullable", "deprecated")
        or isinstance(value, dict) and key == "description"
    }
    if kept.get("type") == "object" and "properties" in kept:
        kept.setdefault("additionalProperties", False)
    if schema.get("nullable"):
        return {"anyOf": [kept, {"type": "null"}]}
    return kept


def github(folder):
    whole = npm("@octokit/openapi@23.0.2", "generated/api.github.com.json", folder)
    issues = "/repos/{owner}/{repo}/issues"
    used = [
        ("get", issues),
        ("post", issues),
        ("get", issues + "/{issue_number}"),
        ("patch", issues + "/{issue_number}"),
        ("get", issues + "/{issue_number}/comments"),
        ("post", issues + "/{issue_number}/comments"),
    ]
    operations = {}
    for method, path in used:
        operation = whole["paths"][path][method]
        query = []
        for parameter in operation.get("parameters", []):
            if "$ref" in parameter:
                name = parameter["$ref"].rsplit("/", 1)[1]
                parameter = whole["components"]["parameters"][name]
            if parameter["in"] == "query":
                query.append(parameter["name"])
        body = operation.get("requestBody")
        body = strict(body["content"]["application/json"]["schema"]) if body else None
        operations[f"{method.upper()} {path}"] = {"query": sorted(query), "body": body}
    about = "GitHub REST API, of @octokit/openapi 23.0.2, MIT; made by make.py"
    write("github.json", about, {"operations": operations})


def adf(folder):
    schema = npm("@atlaskit/adf-schema@57.7.22", "dist/json-schema/v1/full.json", folder)
    about = "Atlassian Document Format, of @atlaskit/adf-schema 57.7.22, Apache-2.0; made by make.py"
    write("adf.json", about, {"schema": schema})


def ssm(folder):
    run("pip", "download", "--quiet", "--no-deps", "botocore==1.44.5", cwd=folder)
    with zipfile.ZipFile(next(folder.glob("botocore-*.whl"))) as wheel:
        packed = wheel.read("botocore/data/ssm/2014-11-06/service-2.json.gz")
    model = json.loads(gzip.decompress(packed))

    def shape(name):
        of = model["shapes"][name]
        kind = of["type"]
        if kind == "structure":
            return {
                "type": "object",
                "properties": {key: shape(one["shape"]) for key, one in of["members"].items()},
                "required": of.get("required", []),
                "additionalProperties": False,
            }
        if kind == "list":
            return bounds({"type": "array", "items": shape(of["member"]["shape"])}, of, "Items")
        if kind == "map":
            return {
                "type": "object",
                "propertyNames": shape(of["key"]["shape"]),
                "additionalProperties": shape(of["value"]["shape"]),
            }
        if kind == "string":
            text = bounds({"type": "string"}, of, "Length")
            return text | {key: of[key] for key in ("pattern", "enum") if key in of}
        return {"type": {"integer": "integer", "boolean": "boolean"}.get(kind, "number")}

    def bounds(schema, of, what):
        limits = {f"{side}{what}": of[side] for side in ("min", "max") if side in of}
        return schema | limits

    used = ["CreateOpsItem", "UpdateOpsItem", "GetOpsItem", "DescribeOpsItems"]
    operations = {name: shape(model["operations"][name]["input"]["shape"]) for name in used}
    about = "AWS Systems Manager, of botocore 1.44.5, Apache-2.0; made by make.py"
    write("ssm.json", about, {"operations": operations})


def jira(folder):
    manifest = '[package]\nname="x"\nversion="0.0.0"\nedition="2021"\n[dependencies]\njira_v3_openapi="=1.6.1"\n'
    (folder / "src").mkdir()
    (folder / "src/lib.rs").write_text("")
    (folder / "Cargo.toml").write_text(manifest)
    run("cargo", "vendor", "--quiet", cwd=folder)
    source = folder / "vendor/jira_v3_openapi/src"
    schemas = {}

    def model(name):
        if name in schemas:
            return {"$ref": f"#/$defs/{name}"}
        schemas[name] = {}
        file = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() + ".rs"
        text = (source / "models" / file).read_text(encoding="utf-8")
        fields = re.findall(r'#\[serde\(rename = "([^"]+)"[^\]]*\)\]\s*pub \S+: (.+),\n', text)
        properties = {key: kind(of) for key, of in fields}
        schemas[name] = {
            "type": "object", "properties": properties, "additionalProperties": False,
        }
        return {"$ref": f"#/$defs/{name}"}

    def kind(of):
        for wrapper in ("Option", "Box"):
            if inner := re.fullmatch(rf"{wrapper}<(.+)>", of):
                return kind(inner[1])
        if inner := re.fullmatch(r"Vec<(.+)>", of):
            return {"type": "array", "items": kind(inner[1])}
        if inner := re.fullmatch(r"std::collections::HashMap<String, (.+)>", of):
            return {"type": "object", "additionalProperties": kind(inner[1])}
        plain = {"String": "string", "bool": "boolean", "i32": "integer", "i64": "integer"}
        if of in plain:
            return {"type": plain[of]}
        # Of models that hold others only the first ones are followed: the rest is not used.
        if (inner := re.fullmatch(r"models::(\w+)", of)) and inner[1] in FOLLOWED:
            return model(inner[1])
        return True

    FOLLOWED = {"EntityProperty", "IssueTransition", "Visibility"}

    def query(file, operation):
        text = (source / "apis" / file).read_text(encoding="utf-8")
        body = text[text.index(f"pub async fn {operation}("):]
        body = body[: body.index("\n}\n")]
        return sorted(set(re.findall(r'\("(\w+)"(?:\.to_owned\(\))?, ', body)))

    operations = {
        "POST /rest/api/3/issue": (query("issues_api.rs", "create_issue"), model("IssueUpdateDetails")),
        "GET /rest/api/3/issue/{id}": (query("issues_api.rs", "get_issue"), None),
        "PUT /rest/api/3/issue/{id}": (query("issues_api.rs", "edit_issue"), model("IssueUpdateDetails")),
        "GET /rest/api/3/issue/{id}/transitions": (query("issues_api.rs", "get_transitions"), None),
        "POST /rest/api/3/issue/{id}/transitions": ([], model("IssueUpdateDetails")),
        "GET /rest/api/3/issue/{id}/comment": (query("issue_comments_api.rs", "get_comments"), None),
        "POST /rest/api/3/issue/{id}/comment": (query("issue_comments_api.rs", "add_comment"), model("Comment")),
        "PUT /rest/api/3/issue/{id}/properties/{key}": ([], True),
        "POST /rest/api/3/search/jql": ([], model("SearchAndReconcileRequestBean")),
    }
    operations = {name: {"query": query, "body": body} for name, (query, body) in operations.items()}
    about = (
        "Jira Cloud platform REST API, of the crate jira_v3_openapi 1.6.1, Apache-2.0, which is "
        "generated from Atlassian's description 1001.0.0-SNAPSHOT; made by make.py"
    )
    write("jira.json", about, {"operations": operations, "$defs": schemas})


for make in (github, adf, ssm, jira):
    with tempfile.TemporaryDirectory() as folder:
        make(pathlib.Path(folder))
