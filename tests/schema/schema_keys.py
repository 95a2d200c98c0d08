# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys of a schema: which there are, and which of them a document has."""


def objects(node, at=""):
    """The place and the schema of every object whose keys are listed."""
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict) and node.get("additionalProperties") is False:
            yield at, node
        for key, child in node.items():
            yield from objects(child, f"{at}/{key}")
    elif isinstance(node, list):
        for k, child in enumerate(node):
            yield from objects(child, f"{at}/{k}")


def open_ones(node, at=""):
    """The places of objects that may have any key."""
    if isinstance(node, dict):
        if node.get("type") == "object" and "additionalProperties" not in node:
            yield at
        for key, child in node.items():
            yield from open_ones(child, f"{at}/{key}")
    elif isinstance(node, list):
        for k, child in enumerate(node):
            yield from open_ones(child, f"{at}/{k}")


def all_keys(schema):
    return {(at, key) for at, node in objects(schema) for key in node["properties"]}


def validator_of(schema):
    """Of the schema with what it refers to put in its place: looking that up takes half of the time."""
    import jsonschema  # whoever calls this has seen that it is there
    jsonschema.Draft202012Validator.check_schema(schema)

    def inlined(node):
        if isinstance(node, list):
            return [inlined(child) for child in node]
        if not isinstance(node, dict):
            return node
        rest = {key: inlined(child) for key, child in node.items() if key not in ("$ref", "$defs")}
        if "$ref" not in node:
            return rest
        target = schema
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        return {"allOf": [inlined(target)], **rest} if rest else inlined(target)
    return jsonschema.Draft202012Validator(inlined(schema))


class Seen:
    """Collects which keys of a schema stand in documents."""

    def __init__(self, schema):
        self.schema, self.keys = schema, set()
        self.place = {id(node): at for at, node in objects(schema)}

    def take(self, value):
        self._take(value, self.schema)

    def _take(self, value, node):
        while isinstance(node, dict) and "$ref" in node:
            rest = {k: v for k, v in node.items() if k != "$ref"}
            if len(rest) > 0:
                self._take(value, rest)
            target = self.schema
            for step in node["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            node = target
        if not isinstance(node, dict):
            return
        for word in ("anyOf", "oneOf", "allOf"):
            for child in node.get(word, ()):
                self._take(value, child)
        for word in ("if", "then", "else"):
            if word in node:
                self._take(value, node[word])
        if isinstance(value, dict):
            known = node.get("properties", {})
            for key, child in value.items():
                if key in known and id(node) in self.place:
                    self.keys.add((self.place[id(node)], key))
                self._take(child, known.get(key, node.get("additionalProperties")))
        elif isinstance(value, list):
            for k, child in enumerate(value):
                first = node.get("prefixItems", [])
                self._take(child, first[k] if k < len(first) else node.get("items"))

    def missing(self):
        return sorted("%s/%s" % pair for pair in all_keys(self.schema) - self.keys)
