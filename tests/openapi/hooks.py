"""What has the form of a name of something becomes the name of something that is there.

schemathesis makes up names and keys that are well-formed and nobody's, and would learn how the server
turns strangers away and nothing else. Here each is replaced by one that the server knows, unless the
server has given it itself. What is not well-formed stays as it is: it is to be refused.

Few things can be asked of anybody or more than once, so some calls have somebody or something of their own,
whatever the server has given.
"""

import json
import os
import re
from urllib.parse import unquote
from zlib import crc32

import schemathesis

# [[member, pattern, [known, ...]], ...]: the first that fits counts. A member is `name`, any `*`, or one of a
# call's own `call.name`.
with open(os.environ["VESTIBULE_KNOWN"], encoding="utf-8") as file:
    KNOWN = [(member, re.compile(pattern), texts) for member, pattern, texts in json.load(file)]

given = {text for _, _, texts in KNOWN for text in texts}


def known(call, member, value):
    """The same with all that is well-formed made known."""
    if isinstance(value, dict):
        return {name: known(call, name, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [known(call, member, inner) for inner in value]
    if isinstance(value, str):
        own = f"{call}.{member}"
        names = (own,) if value in given else (own, member, "*")
        for of, pattern, texts in KNOWN:
            if of in names and pattern.fullmatch(value):
                return texts[crc32(value.encode()) % len(texts)]
    return value


@schemathesis.hook
def before_call(context, case, kwargs):
    """Puts known names into a question. What stands in a path is escaped there, and will be again."""
    call = case.operation.definition.raw["operationId"]
    path = {name: unquote(value) for name, value in (case.path_parameters or {}).items() if isinstance(value, str)}
    for name, value in known(call, "", path).items():
        if value != path[name]:
            case.path_parameters[name] = value
    for part in ("query", "body"):
        before = getattr(case, part)
        after = known(call, "", before)
        if after != before:
            setattr(case, part, after)


@schemathesis.hook
def after_call(context, case, response):
    """Remembers what an answer has named."""
    if "json" in response.headers.get("content-type", [""])[0]:
        remember(response.json())


def remember(value):
    if isinstance(value, dict):
        for inner in value.values():
            remember(inner)
    elif isinstance(value, list):
        for inner in value:
            remember(inner)
    elif isinstance(value, str):
        given.add(value)
