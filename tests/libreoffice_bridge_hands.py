"""Runs in the system's Python, for LibreOffice's own bridge is there: uses our extension.

Reads a JSON object a line: `trigger` is what the menu says, `choose` chooses the equation of that number,
`save` and `open` take an address. After each it writes what stands in the document, or what went wrong.
"""

import json
import sys
from typing import Any

import uno  # noqa: F401 - it makes the next import possible
from com.sun.star.beans import PropertyValue

sys.path.insert(0, sys.argv[2])
from tests.libreoffice_hands import connected


def told(document: Any) -> dict[str, Any]:
    objects = document.EmbeddedObjects
    equations = [objects.getByIndex(at) for at in range(objects.Count)]
    return {
        "formulas": [each.Component.Formula for each in equations],
        "descriptions": [each.Description for each in equations],
        "classes": [each.CLSID.lower() for each in equations],
    }


def main() -> None:
    """Do what is asked for, until nothing more is."""
    context = connected(sys.argv[1])
    services = context.ServiceManager
    desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, ())
    for line in sys.stdin:
        wish = json.loads(line)
        problem = ""
        try:
            if "trigger" in wish:
                job = services.createInstanceWithContext("io.github.writetex.desktop.Bridge", context)
                job.trigger(wish["trigger"])
            elif "choose" in wish:
                document.CurrentController.select(document.EmbeddedObjects.getByIndex(wish["choose"]))
            elif "save" in wish:
                document.storeToURL(wish["save"], (PropertyValue("FilterName", 0, "writer8", 0),))
            elif "open" in wish:
                document.close(True)
                document = desktop.loadComponentFromURL(wish["open"], "_blank", 0, ())
        except Exception as error:  # noqa: BLE001 - the bridge has its own tree of errors
            problem = str(error)
        sys.stdout.write(json.dumps({**told(document), "problem": problem}) + "\n")
        sys.stdout.flush()
    document.close(True)
    desktop.terminate()


if __name__ == "__main__":
    main()
