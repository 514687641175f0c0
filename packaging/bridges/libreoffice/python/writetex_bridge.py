"""WriteTex in LibreOffice Writer: equations from the screen, with their LaTeX kept in them.

It asks WriteTex Desktop on this computer (docs/guide/other-programs.md). An equation is an object of
LibreOffice Math; its LaTeX stands in the object's own text, as a comment, and is saved and copied along.
"""

import json
import os
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import uno
import unohelper
from com.sun.star.task import XJobExecutor
from com.sun.star.uno import RuntimeException

SERVICE = "io.github.writetex.desktop.Bridge"
MATH = "078B7ABA-54FC-457F-8551-6147e776a997"
"""What LibreOffice knows an equation by."""

MARK = "%%LaTeX "
"""What stands before the LaTeX, as a string of JSON, on the last line of an equation's text."""

ADDRESS = "http://127.0.0.1:50906"
WAIT_S = 320
"""A snip takes as long as the user does."""


class DoorError(Exception):
    """WriteTex did not do what it was asked for; the message is a sentence for the user."""


class Door:
    """WriteTex on this computer.

    Args:
        address: Where it answers.
        token: What it knows us by.
    """

    def __init__(self, address: str, token: str) -> None:
        self._address = address.rstrip("/")
        self._token = token

    def snip(self) -> str:
        """Let the user snip; gives the LaTeX."""
        return str(self._ask("/v1/snip", {})["latex"])

    def last(self) -> str:
        """Give the newest LaTeX of the history."""
        found = self._ask("/v1/history?limit=1", None)["data"]
        if not found:
            raise DoorError("The history of WriteTex is empty. Snip a formula first.")
        return str(found[0]["latex"])

    def starmath(self, latex: str) -> str:
        """Give LaTeX as LibreOffice writes formulas."""
        return str(self._ask("/v1/convert", {"latex": latex, "to": "starmath"})["output"])

    def _ask(self, path: str, body: dict[str, object] | None) -> Any:
        request = urllib.request.Request(  # noqa: S310 - the address is http, of this machine
            self._address + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"},
        )
        # What the system says of proxies is not for this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=WAIT_S) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise DoorError(_told(error.read())) from error
        except OSError as error:
            raise DoorError(
                "WriteTex does not answer. Start it, and switch on Other programs in its settings."
            ) from error


def _told(body: bytes) -> str:
    try:
        return str(json.loads(body)["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return "WriteTex did not understand the request. Update the extension."


def marked(starmath: str, latex: str) -> str:
    """Give the text of an equation with its LaTeX in it."""
    return f"{starmath.rstrip()}\n{MARK}{json.dumps(latex)}"


def latex_of(text: str) -> str:
    """Give the LaTeX that stands in the text of an equation; nothing where there is none."""
    last = text.rstrip().rpartition("\n")[2]
    if not last.startswith(MARK):
        return ""
    try:
        found = json.loads(last[len(MARK) :])
    except ValueError:
        return ""
    return found if isinstance(found, str) else ""


class Settings:
    """Where the token is kept: a file that only the user may read.

    Args:
        folder: The folder of LibreOffice's user.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "writetex-bridge.json"

    def door(self) -> Door:
        """Give WriteTex, as the environment or the file say."""
        kept = self._read()
        address = os.environ.get("WRITETEX_BRIDGE_ADDRESS") or str(kept.get("address") or ADDRESS)
        token = os.environ.get("WRITETEX_BRIDGE_TOKEN") or str(kept.get("token") or "")
        if not token:
            raise DoorError(
                "There is no token yet. Make one in WriteTex, under Other programs, and enter it by "
                "WriteTex, Token."
            )
        return Door(address, token)

    def keep(self, token: str) -> None:
        """Keep a token."""
        text = json.dumps({**self._read(), "token": token.strip()})
        beside = self._file.with_suffix(".new")
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        beside.replace(self._file)

    def _read(self) -> dict[str, object]:
        try:
            found = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


class Bridge(unohelper.Base, XJobExecutor):  # type: ignore[misc]  # UNO has no types
    """What the menu calls."""

    def __init__(self, context: Any) -> None:
        self._context = context

    def trigger(self, wish: str) -> None:
        """Do what the menu asks for: `snip`, `last`, `latex`, `token`; `latex:` may have LaTeX behind it."""
        word, _, given = wish.partition(":")
        try:
            if word == "snip":
                self._put(self._settings().door().snip())
            elif word == "last":
                self._put(self._settings().door().last())
            elif word == "latex":
                self._edit(given)
            elif word == "token":
                self._ask_token()
        except DoorError as error:
            self._tell(str(error))

    def _put(self, latex: str) -> None:
        """Insert an equation at the cursor, or change the one that is chosen."""
        document = self._document()
        text = marked(self._settings().door().starmath(latex), latex)
        equation = self._equation(document)
        if equation is None:
            equation = document.createInstance("com.sun.star.text.TextEmbeddedObject")
            equation.CLSID = MATH
            as_character = uno.Enum("com.sun.star.text.TextContentAnchorType", "AS_CHARACTER")
            equation.AnchorType = as_character
            cursor = document.CurrentController.ViewCursor
            cursor.Text.insertTextContent(cursor, equation, False)
        equation.Component.Formula = text
        equation.Title = "WriteTex"
        equation.Description = latex

    def _edit(self, given: str) -> None:
        equation = self._equation(self._document())
        before = latex_of(equation.Component.Formula) if equation is not None else ""
        latex = given or self._question("LaTeX of the equation", before)
        if latex.strip():
            self._put(latex.strip())

    def _ask_token(self) -> None:
        token = self._question("Token, from WriteTex under Other programs", "")
        if token.strip():
            self._settings().keep(token)

    def _settings(self) -> Settings:
        paths = self._service("com.sun.star.util.PathSettings")
        return Settings(Path(uno.fileUrlToSystemPath(paths.UserConfig)))

    def _document(self) -> Any:
        document = self._service("com.sun.star.frame.Desktop").getCurrentComponent()
        if document is None or not document.supportsService("com.sun.star.text.TextDocument"):
            raise DoorError("Equations are put into text documents. Open one in Writer.")
        return document

    def _equation(self, document: Any) -> Any | None:
        """Give the equation that is chosen."""
        chosen = document.CurrentSelection
        is_object = hasattr(chosen, "supportsService") and chosen.supportsService(
            "com.sun.star.text.TextEmbeddedObject"
        )
        return chosen if is_object and hasattr(chosen.Component, "Formula") else None

    def _service(self, name: str) -> Any:
        return self._context.ServiceManager.createInstanceWithContext(name, self._context)

    def _tell(self, sentence: str) -> None:
        window = self._window()
        if window is None:  # nobody is there to read it
            raise RuntimeException(sentence, self)
        toolkit = window.Toolkit
        box = toolkit.createMessageBox(
            window, uno.Enum("com.sun.star.awt.MessageBoxType", "WARNINGBOX"), 1, "WriteTex", sentence
        )
        box.execute()
        box.dispose()

    def _window(self) -> Any | None:
        if os.environ.get("WRITETEX_BRIDGE_SILENT"):
            return None
        frame = self._service("com.sun.star.frame.Desktop").getCurrentFrame()
        return None if frame is None else frame.ContainerWindow

    def _question(self, title: str, text: str) -> str:
        """Ask for a text; nothing where the user gives none."""
        model = self._service("com.sun.star.awt.UnoControlDialogModel")
        model.Width, model.Height, model.Title = 260, 84, title
        for name, kind, place, values in (
            ("text", "Edit", (8, 8, 244, 48), {"Text": text, "MultiLine": True, "HScroll": False}),
            ("ok", "Button", (148, 62, 50, 16), {"Label": "OK", "PushButtonType": 1, "DefaultButton": True}),
            ("no", "Button", (202, 62, 50, 16), {"Label": "Cancel", "PushButtonType": 2}),
        ):
            part = model.createInstance(f"com.sun.star.awt.UnoControl{kind}Model")
            part.PositionX, part.PositionY, part.Width, part.Height = place
            for key, value in values.items():
                setattr(part, key, value)
            model.insertByName(name, part)
        dialog = self._service("com.sun.star.awt.UnoControlDialog")
        dialog.setModel(model)
        dialog.createPeer(self._service("com.sun.star.awt.Toolkit"), None)
        try:
            return str(dialog.getControl("text").Text) if dialog.execute() else ""
        finally:
            dialog.dispose()


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - LibreOffice looks for this name
g_ImplementationHelper.addImplementation(Bridge, SERVICE, (SERVICE,))
