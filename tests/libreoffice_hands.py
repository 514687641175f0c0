"""Runs in the system's Python, for LibreOffice's own bridge is there: pastes into new documents and tells.

Reads a kind of document a line (`swriter`, `simpress`), writes a JSON object a line: the equations that came
of the clipboard, as LibreOffice has them, the text, and the forms that were offered.
"""

import json
import sys
import time
from typing import Any

import uno

CONNECT_TRIES = 300
PASTE_TRIES = 15
PAUSE_S = 0.2


def connected(pipe: str) -> Any:
    """Give LibreOffice's context as soon as it is up."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _try in range(CONNECT_TRIES):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001 - the bridge has its own tree of errors, known only at run time
            time.sleep(PAUSE_S)
    raise SystemExit("LibreOffice did not come up.")


def found(document: Any, kind: str) -> dict[str, Any]:
    """Tell what a document holds."""
    if kind == "swriter":
        objects = document.EmbeddedObjects
        formulas = [objects.getByIndex(at).Component.Formula for at in range(objects.Count)]
        return {"formulas": formulas, "text": document.Text.String}
    page = document.DrawPages.getByIndex(0)
    shapes = [page.getByIndex(at) for at in range(page.Count)]
    return {
        "formulas": [shape.Model.Formula for shape in shapes if "OLE2" in shape.ShapeType],
        "text": "".join(getattr(shape, "String", "") for shape in shapes),
    }


def main() -> None:
    """Do what is asked for, until nothing more is."""
    context = connected(sys.argv[1])
    services = context.ServiceManager
    desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    hands = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    clipboard = services.createInstanceWithContext(
        "com.sun.star.datatransfer.clipboard.SystemClipboard", context
    )
    for line in sys.stdin:
        kind = line.strip()
        document = desktop.loadComponentFromURL(f"private:factory/{kind}", "_blank", 0, ())
        told: dict[str, Any] = {}
        # LibreOffice hears of a new owner of the clipboard after a while.
        for _try in range(PASTE_TRIES):
            hands.executeDispatch(document.CurrentController.Frame, ".uno:Paste", "", 0, ())
            time.sleep(PAUSE_S)
            told = found(document, kind)
            if any(told.values()):
                break
        flavours = clipboard.getContents().getTransferDataFlavors()
        told["offered"] = [flavour.MimeType for flavour in flavours]
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        document.close(True)


if __name__ == "__main__":
    main()
