"""The door described for programs: a document of OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html)."""

from collections.abc import Mapping
from typing import Final

from writetex_desktop.core.documents.document import DocumentForm
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.reading.recognition import Mode

Schema = Mapping[str, object]

_TEXT: Final[Schema] = {"type": "string"}
_FLAG: Final[Schema] = {"type": "boolean"}
_NUMBER: Final[Schema] = {"type": "number"}
_WHOLE: Final[Schema] = {"type": "integer"}


def openapi(version: str, sources: tuple[str, ...]) -> dict[str, object]:
    """Give the document.

    Args:
        version: The program's.
        sources: The languages from which formulas can be converted.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "WriteTex Desktop",
            "version": version,
            "description": "Formulas in pictures as LaTeX, on this computer.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "http://127.0.0.1:50906"}],
        "security": [{"token": []}],
        "paths": _paths(sources),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _paths(sources: tuple[str, ...]) -> dict[str, object]:
    modes = [mode.value for mode in Mode]
    formats = [form.value for form in OutputFormat]
    files = ["webpage" if form is DocumentForm.HTML else form.value for form in DocumentForm]
    read: dict[str, Schema] = {
        "mode": _one_of(modes),
        "format": _one_of(formats),
        "model": _TEXT,
        "hint": _TEXT,
        "name": _TEXT,
    }
    picture: Schema = {"type": "string", "description": "A data URL, or base64 alone."}
    recognize = {
        "application/json": {"schema": _record({"image": picture, **read}, "image")},
        "multipart/form-data": {
            "schema": _record({"file": {"type": "string", "format": "binary"}, **read}, "file")
        },
        "image/*": {"schema": {"type": "string", "format": "binary"}},
    }
    convert = _record(
        {
            "latex": _TEXT,
            "source": {"type": "string", "description": "In place of latex, in the language of “from”."},
            "data": {"type": "string", "description": "In place of source, as base64: for docx."},
            "from": _one_of(list(sources)),
            "to": _one_of(formats + files),
            "dpi": {"type": "integer", "minimum": 10, "maximum": 2400},
            "template": _TEXT,
            "numbered": _FLAG,
        },
        "to",
    )
    snip = _record(
        {
            "format": _one_of(formats),
            "profile": _TEXT,
            "repeat": _FLAG,
            "delay_s": {"type": "number", "minimum": 0, "maximum": 60},
        }
    )
    chat = _record(
        {
            "model": _TEXT,
            "messages": {"type": "array", "items": {"type": "object"}, "minItems": 1},
            "stream": _FLAG,
            "mode": _one_of(modes),
            "format": _one_of(formats),
        },
        "messages",
    )
    search = [
        _parameter("q", _TEXT, "As in the search field of the window."),
        _parameter("limit", {"type": "integer", "minimum": 1, "maximum": 200}, "How many at most; 50."),
        _parameter("before", _WHOLE, "The id before which it goes on."),
    ]
    return {
        "/health": {"get": {**_operation("health", "Whether the door is open.", "Health"), "security": []}},
        "/openapi.json": {
            "get": {**_operation("openapi", "This document.", "Document"), "security": []},
        },
        "/v1/models": {"get": _operation("models", "What can read pictures.", "Models")},
        "/v1/models/{name}": {
            "get": {
                **_operation("model", "One of them.", "Model"),
                "parameters": [{"name": "name", "in": "path", "required": True, "schema": _TEXT}],
            }
        },
        "/v1/chat/completions": {
            "post": {
                **_operation("chat", "Read the picture of a conversation, as OpenAI's API.", "Completion"),
                "requestBody": _body({"application/json": {"schema": chat}}),
            }
        },
        "/v1/recognize": {
            "post": {
                **_operation("recognize", "Read a picture, as `writetex recognize --json`.", "Record"),
                "requestBody": _body(recognize),
            }
        },
        "/v1/convert": {
            "post": {
                **_operation("convert", "Give a formula another form.", "Converted"),
                "requestBody": _body({"application/json": {"schema": convert}}),
            }
        },
        "/v1/snip": {
            "post": {
                **_operation("snip", "Let the user snip, and give what was read.", "Record"),
                "requestBody": {**_body({"application/json": {"schema": snip}}), "required": False},
            }
        },
        "/v1/history": {
            "get": {
                **_operation("history", "Search the history, for programs that may.", "History"),
                "parameters": search,
            }
        },
    }


def _schemas() -> dict[str, object]:
    error = _record(
        {
            "message": _TEXT,
            "type": _TEXT,
            "param": {"type": ["string", "null"]},
            "code": _TEXT,
            "remedy": _TEXT,
        },
        *("message", "type", "code", "remedy"),
    )
    converted = {
        "format": _TEXT,
        "encoding": _one_of(["text", "base64"]),
        "output": _TEXT,
        "problems": {"type": "array", "items": _TEXT},
    }
    record: dict[str, Schema] = {
        "status": _one_of(["done", "failed"]),
        "latex": {"type": "string", "description": "The result, in the form that was wanted."},
        "mode": _TEXT,
        "format": _TEXT,
        "engine": _one_of(["endpoint", "offline"]),
        "model": _TEXT,
        "seconds": _NUMBER,
        "complete": _FLAG,
        "confidence": {"type": ["number", "null"]},
        "warnings": {"type": "array", "items": _TEXT},
    }
    model = _record({"id": _TEXT, "object": _TEXT, "owned_by": _TEXT}, "id", "object", "owned_by")
    return {
        "Error": _record({"error": error}, "error"),
        "Health": _record(
            {"status": _TEXT, "program": _TEXT, "version": _TEXT}, "status", "program", "version"
        ),
        "Document": {"type": "object"},
        "Model": model,
        "Models": _list_of(model),
        "Completion": {"type": "object", "required": ["id", "object", "choices", "usage"]},
        "Record": _record(record, *record),
        "Converted": _record(converted, *converted),
        "History": _list_of(
            _record({"id": _WHOLE, "created": _TEXT, "latex": _TEXT}, "id", "created", "latex")
        ),
    }


def _record(properties: Mapping[str, Schema], *required: str) -> dict[str, object]:
    return {"type": "object", "properties": dict(properties), "required": list(required)}


def _list_of(items: Schema) -> dict[str, object]:
    return _record({"object": _one_of(["list"]), "data": {"type": "array", "items": items}}, "object", "data")


def _one_of(values: list[str]) -> dict[str, object]:
    return {"type": "string", "enum": values}


def _parameter(name: str, schema: Schema, description: str) -> dict[str, object]:
    return {"name": name, "in": "query", "schema": schema, "description": description}


def _body(content: Mapping[str, object]) -> dict[str, object]:
    return {"required": True, "content": dict(content)}


def _operation(name: str, summary: str, answer: str) -> dict[str, object]:
    def content(schema: str) -> dict[str, object]:
        return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}

    return {
        "operationId": name,
        "summary": summary,
        "responses": {
            "200": {"description": "Done.", "content": content(answer)},
            "default": {"description": "What went wrong, and what to do.", "content": content("Error")},
        },
    }
