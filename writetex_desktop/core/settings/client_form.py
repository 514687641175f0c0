"""How the programs that have a token stand in a file."""

from dataclasses import fields

from writetex_desktop.core.language.words import tr
from writetex_desktop.core.settings.client import Client
from writetex_desktop.core.settings.forms import Form, Unfit


def _write(clients: tuple[Client, ...]) -> list[dict[str, object]]:
    return [
        {"id": each.id, "name": each.name, "history": each.history, "origins": list(each.origins)}
        for each in clients
    ]


def _read(value: object, name: str) -> tuple[Client, ...]:
    if not isinstance(value, list):
        raise Unfit(tr("{name} must be a list of programs", name=name))
    clients = tuple(_read_one(each, f"{name} {number}") for number, each in enumerate(value, start=1))
    if len({each.id for each in clients}) < len(clients):
        raise Unfit(tr("{name} must have an id each of its own", name=name))
    return clients


def _read_one(value: object, name: str) -> Client:
    match value:
        case {"id": str(identifier), "name": str(label), "history": bool(history), "origins": list(origins)}:
            if all(isinstance(origin, str) for origin in origins):
                return Client(identifier, label, history, tuple(origins))
        case _:
            pass
    raise Unfit(
        tr("{name} must have {names}", name=name, names=", ".join(each.name for each in fields(Client)))
    )


CLIENTS = Form(_write, _read)
