"""Every port has a fake, and one contract suite that the fake must pass like the real adapters."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from tests import fakes
from writetex_desktop import ports

CONTRACTS = Path(__file__).parent.parent / "contracts"
WITHOUT_CONTRACT = {
    "Clock": "its real adapter is the event loop's own clock",
    "Notifier": "showing is all it does; tests/gui looks at the real one",
}
PORTS = sorted(
    name
    for module in pkgutil.iter_modules(ports.__path__, f"{ports.__name__}.")
    for name, value in vars(importlib.import_module(module.name)).items()
    if isinstance(value, type) and value.__module__ == module.name
)


@pytest.mark.parametrize("port", PORTS)
def test_a_port_has_a_fake(port: str) -> None:
    assert hasattr(fakes, f"Fake{port}")


@pytest.mark.parametrize("port", [port for port in PORTS if port not in WITHOUT_CONTRACT])
def test_a_port_has_a_contract_that_its_fake_is_held_to(port: str) -> None:
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", port).lower()
    suite = CONTRACTS / f"test_{name}.py"
    assert suite.exists()
    assert f"Fake{port}" in suite.read_text("utf-8")
