"""The API's own page of documentation, made from its schema: no script, no third party."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

Json = dict[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")


class SheetDocs(DocsBase):
    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """`title`, `description`, `version`, `schema_url`, and:

        operations  of {method, path, summary, description, parameters, answers}; a parameter is
                    {name, where, kind, is_required, default, description}, an answer
                    {status, description, shape}
        shapes      of {name, description, fields}; a field is {name, kind, description}
        """
        schema = api.get_openapi_schema(path_params=kwargs)
        context = {
            "title": api.title,
            "description": api.description,
            "version": api.version,
            "schema_url": self.get_openapi_url(api, kwargs),
            "operations": list(operations(schema)),
            "shapes": list(shapes(schema)),
        }
        return render(request, "website/api_docs.html", context)


def operations(schema: Json) -> Iterator[Json]:
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if method in methods:
                yield _operation(path, method, methods[method])


def shapes(schema: Json) -> Iterator[Json]:
    for name, shape in sorted(schema.get("components", {}).get("schemas", {}).items()):
        fields = [
            {"name": key, "kind": kind(value), "description": value.get("description", "")}
            for key, value in shape.get("properties", {}).items()
        ]
        yield {"name": name, "description": shape.get("description", ""), "fields": fields}


def kind(value: Json) -> str:
    """The type of a value in words: "text", "list of TermOut", "whole number or nothing"."""
    if "$ref" in value:
        return str(value["$ref"]).rsplit("/", 1)[-1]
    for join in ("anyOf", "allOf"):
        if join in value:
            return " or ".join(dict.fromkeys(kind(one) for one in value[join]))
    if value.get("type") == "array":
        return f"list of {kind(value.get('items', {}))}"
    if value.get("format") == "date":
        return "date"
    return NAMES.get(value.get("type", ""), "anything")


NAMES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "null": "nothing",
    "object": "object",
}


def _operation(path: str, method: str, operation: Json) -> Json:
    return {
        "method": method.upper(),
        "path": path,
        "summary": operation.get("summary", ""),
        "description": operation.get("description", ""),
        "parameters": [_parameter(one) for one in operation.get("parameters", [])],
        "answers": [
            _answer(int(status), answer) for status, answer in operation["responses"].items()
        ],
    }


def _parameter(parameter: Json) -> Json:
    shape = parameter.get("schema", {})
    return {
        "name": parameter["name"],
        "where": parameter["in"],
        "kind": kind(shape),
        "is_required": parameter.get("required", False),
        "default": shape.get("default", ""),
        "description": parameter.get("description") or shape.get("description", ""),
    }


def _answer(status: int, answer: Json) -> Json:
    content: Json = next(iter(answer.get("content", {}).values()), {})
    return {
        "status": status,
        "description": answer.get("description", ""),
        "shape": kind(content.get("schema", {})),
    }
