"""The two machine-readable descriptions of a release: datapackage.json (Frictionless) and croissant.json (Croissant 1.0)."""

from __future__ import annotations

import json
from typing import Any

import schemas
from publish.manifest import Manifest, TableEntry
from publish.validation import RELATIONS
from schemas.description import ColumnInfo

NAME = "paperfacts"
TITLE = "Facts from machine-learning abstracts"
DESCRIPTION = (
    "Model sizes, speedups, datasets, repository links, reported metrics, data sizes, context lengths and hardware, read from"
    " titles and abstracts of papers by rules; every value with its paper, span and rule."
)
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
_PARQUET = "application/vnd.apache.parquet"


def _kind(column: ColumnInfo) -> str:
    """string, integer, number or boolean."""
    if column.type in ("string", "enum"):
        return "string"
    return column.type if column.type == "boolean" else "number" if column.type.startswith("float") else "integer"


def _field(column: ColumnInfo) -> dict[str, Any]:
    # Frictionless reads Parquet by way of pandas, where nulls make floats of integers and are NaN: no integer, and within no bounds.
    kind = "number" if column.nullable and _kind(column) == "integer" else _kind(column)
    bounds = {} if column.nullable else column.checks
    checks = {
        "required": True if not column.nullable else None,
        "unique": True if column.unique else None,
        "enum": list(column.values) or None,
        "pattern": column.checks.get("str_matches"),
        "minLength": column.checks.get("str_length"),
        "minimum": bounds.get("greater_than_or_equal_to"),
        "maximum": bounds.get("less_than_or_equal_to"),
    }
    field: dict[str, Any] = {"name": column.name, "type": kind, "description": column.description}
    if column.unit:
        field["unit"] = column.unit
    return field | {"constraints": {name: value for name, value in checks.items() if value is not None}}


def _resource(name: str, entry: TableEntry) -> dict[str, Any]:
    # Without `bytes`: Frictionless counts none for Parquet, and then takes the file for damaged. The manifest has them.
    info = schemas.info(name)
    references = [relation.reference for relation in RELATIONS if relation.table == name and relation.reference]
    schema: dict[str, Any] = {"fields": [_field(column) for column in info.columns], "missingValues": []}
    if len(info.key) < len(info.columns):
        schema["primaryKey"] = list(info.key)
    if references:
        schema["foreignKeys"] = [
            {"fields": [one.column], "reference": {"resource": one.table, "fields": [one.column]}} for one in references
        ]
    return {
        "name": name,
        "path": entry.file,
        "description": info.description,
        "format": "parquet",
        "mediatype": _PARQUET,
        "hash": f"sha256:{entry.sha256}",
        "schema": schema,
    }


def datapackage(manifest: Manifest) -> str:
    """The Frictionless data package of a release."""
    package = {
        "profile": "data-package",
        "name": NAME,
        "title": TITLE,
        "description": DESCRIPTION,
        "version": manifest.version,
        "created": f"{manifest.released}T00:00:00Z",
        "licenses": [{"name": "CC0-1.0", "path": LICENCE, "title": "CC0 1.0 Universal"}],
        "resources": [_resource(name, entry) for name, entry in manifest.tables.items()],
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


_TERMS = ("citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format", "includes", "isLiveDataset", "jsonPath",
          "key", "md5", "parentField", "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator", "source", "subField",
          "transform")  # fmt: skip
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _TERMS},
}
_CROISSANT_TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean"}


def _record_set(name: str, entry: TableEntry) -> dict[str, Any]:
    info = schemas.info(name)
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"{name}/{column.name}",
            "name": column.name,
            "description": column.description + (f" ({column.unit})" if column.unit else ""),
            "dataType": _CROISSANT_TYPES[_kind(column)],
            "source": {"fileObject": {"@id": entry.file}, "extract": {"column": column.name}},
        }
        for column in info.columns
    ]
    found: dict[str, Any] = {"@type": "cr:RecordSet", "@id": name, "name": name, "description": info.description}
    if len(info.key) < len(info.columns):
        found["key"] = [{"@id": f"{name}/{column}"} for column in info.key]
    return found | {"field": fields}


def croissant(manifest: Manifest) -> str:
    """The Croissant metadata of a release."""
    found = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": NAME,
        "description": DESCRIPTION,
        "license": LICENCE,
        "version": manifest.version,
        "datePublished": manifest.released,
        "creator": {"@type": "sc:Organization", "name": NAME},
        "citeAs": f"{NAME} {manifest.version}: {TITLE}, {manifest.released}",
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": entry.file,
                "name": entry.file,
                "description": schemas.info(name).description,
                "contentUrl": entry.file,
                "contentSize": f"{entry.bytes} B",
                "encodingFormat": "application/x-parquet",
                "sha256": entry.sha256,
            }
            for name, entry in manifest.tables.items()
        ],
        "recordSet": [_record_set(name, entry) for name, entry in manifest.tables.items()],
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"
