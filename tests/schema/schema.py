"""JSON Schema as far as docs/*.schema.json use it. A keyword that is not known here is an error, so that no schema can ask
for something nobody checks."""
import re

PLAIN = {"$schema", "title", "description", "$defs"}
TYPES = {
    "object": lambda v: isinstance(v, dict), "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str), "boolean": lambda v: isinstance(v, bool),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool), "null": lambda v: v is None,
}


class Schema:
    def __init__(self, root):
        self.root = root
        self.seen = set()  # (where in the schema, member) met in what was checked

    def resolve(self, ref):
        node = self.root
        for part in ref.removeprefix("#/").split("/"):
            node = node[part]
        return node

    def errors(self, value, schema=None, at="$"):
        return self._check(value, self.root if schema is None else schema, at)[0]

    def _check(self, value, schema, at):
        """Errors, and the members that some part of the schema knows."""
        errors, known = [], set()
        for keyword, said in schema.items():
            if keyword in PLAIN or keyword in ("additionalProperties", "unevaluatedProperties"):
                continue
            check = getattr(self, "_" + keyword.replace("$", ""), None)
            if check is None:
                raise ValueError(f"keyword {keyword} is not known")
            found, members = check(value, said, at)
            errors += found
            known |= members
        for keyword in ("additionalProperties", "unevaluatedProperties"):
            rest = set(value) - known if keyword in schema and isinstance(value, dict) else set()
            for member in sorted(rest):
                if schema[keyword] is False:
                    errors.append(f"{at}: no member '{member}'")
                else:
                    errors += self._check(value[member], schema[keyword], f"{at}.{member}")[0]
        return errors, known

    def _ref(self, value, said, at):
        return self._check(value, self.resolve(said), at)

    def _type(self, value, said, at):
        return ([] if TYPES[said](value) else [f"{at}: not of type {said}"]), set()

    def _enum(self, value, said, at):
        return ([] if value in said else [f"{at}: '{value}' is none of {', '.join(said)}"]), set()

    def _const(self, value, said, at):
        return ([] if value is said else [f"{at}: not {said}"]), set()

    def _pattern(self, value, said, at):
        fits = not isinstance(value, str) or re.search(said, value)
        return ([] if fits else [f"{at}: '{value}' does not fit {said}"]), set()

    def _minimum(self, value, said, at):
        return ([] if not isinstance(value, int) or value >= said else [f"{at}: below {said}"]), set()

    def _minLength(self, value, said, at):
        return ([] if not isinstance(value, str) or len(value) >= said else [f"{at}: too short"]), set()

    def _minItems(self, value, said, at):
        return ([] if not isinstance(value, list) or len(value) >= said else [f"{at}: too few"]), set()

    def _maxItems(self, value, said, at):
        return ([] if not isinstance(value, list) or len(value) <= said else [f"{at}: too many"]), set()

    def _required(self, value, said, at):
        missing = [m for m in said if isinstance(value, dict) and m not in value]
        return [f"{at}: lacks '{m}'" for m in missing], set()

    def _properties(self, value, said, at):
        errors, known = [], set()
        for member, schema in said.items():
            if isinstance(value, dict) and member in value:
                self.seen.add((id(said), member))
                known.add(member)
                errors += self._check(value[member], schema, f"{at}.{member}")[0]
        return errors, known

    def _items(self, value, said, at):
        errors = []
        for number, item in enumerate(value if isinstance(value, list) else []):
            errors += self._check(item, said, f"{at}[{number}]")[0]
        return errors, set()

    def _anyOf(self, value, said, at):
        tried = [self._check(value, schema, at) for schema in said]
        good = [known for errors, known in tried if not errors]
        return ([] if good else [f"{at}: fits none of what it may be"]), set().union(*good)

    def unseen(self, node=None, at="$"):
        """Members the schema documents that nothing checked so far had."""
        node = self.root if node is None else node
        found = []
        for key, value in node.items():
            if key == "properties":
                found += [f"{at}.{m}" for m in value if (id(value), m) not in self.seen]
                for member, schema in value.items():
                    found += self.unseen(schema, f"{at}.{member}")
            elif isinstance(value, dict):
                found += self.unseen(value, f"{at}/{key}" if key != "items" else at)
            elif isinstance(value, list):
                for item in value:
                    found += self.unseen(item, at) if isinstance(item, dict) else []
        return found
