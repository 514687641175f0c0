#!/usr/bin/env python3
"""Pack the bridges to other programs.

    python packaging/bridges/build.py [FOLDER]     write them into a folder (dist/bridges)

LibreOffice's and the browsers' are zip files, and so is Obsidian's; that of VS Code is one in the shape of a
.vsix, and the script for Anki is copied. The standard library alone; the same files give the same bytes.
"""

import json
import shutil
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent

PACKED: Mapping[str, str] = {
    "libreoffice": "writetex-libreoffice.oxt",
    "browser": "writetex-browser.zip",
    "obsidian": "writetex-obsidian.zip",
}
"""What each folder becomes."""

VSCODE = "writetex-vscode.vsix"
ANKI = "writetex_anki.py"

_DATE = (2026, 1, 1, 0, 0, 0)

_CONTENT_TYPES = """<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="json" \
ContentType="application/json"/><Default Extension="js" ContentType="application/javascript"/><Default \
Extension="md" ContentType="text/markdown"/><Default Extension="vsixmanifest" ContentType="text/xml"/></Types>
"""


def build(folder: Path) -> list[Path]:
    """Pack all of them; gives their files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for source, name in PACKED.items():
        made.append(folder / name)
        _pack(made[-1], _files(HERE / source))
    made.append(folder / VSCODE)
    package = json.loads((HERE / "vscode" / "package.json").read_text("utf-8"))
    inside = {f"extension/{name}": data for name, data in _files(HERE / "vscode").items()}
    _pack(
        made[-1],
        {
            "extension.vsixmanifest": _vsix_manifest(package).encode(),
            "[Content_Types].xml": _CONTENT_TYPES.encode(),
            **inside,
        },
    )
    made.append(folder / ANKI)
    shutil.copyfile(HERE / "anki" / ANKI, made[-1])
    return made


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and not path.name.endswith(".pyc")
    }


def _pack(target: Path, files: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)


def _vsix_manifest(package: Mapping[str, str]) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="{package["name"]}" Version="{package["version"]}" \
Publisher="{package["publisher"]}"/>
    <DisplayName>{package["displayName"]}</DisplayName>
    <Description xml:space="preserve">{package["description"]}</Description>
    <Categories>Other</Categories>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
  </Assets>
</PackageManifest>
"""


def main() -> None:
    """Pack them where the command line says."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent.parent / "dist" / "bridges"
    for path in build(folder):
        print(path)


if __name__ == "__main__":
    main()
