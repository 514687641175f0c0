"""What is imported when: the slow libraries come after the tray is up, or never."""

import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "writetex_desktop"

READY = {
    "adapters": """
        loop_clock ordinary_file
    """,
    "adapters.secrets": """
        keyring memory
    """,
    "adapters.storage": """
        atomic_file environment file_lock key_mark log_setup settings_file translation_files
    """,
    "composition": """
        backends clipboard configuration doors hotkeys quiet window
    """,
    "core": """
        app_id errors inheritance money notice redaction secret visible
    """,
    "core.costs": """
        cost
    """,
    "core.desktop": """
        backend binding clipboard_content clipboard_forms hotkey snip_wish
    """,
    "core.endpoints": """
        endpoint held hosts network origin
    """,
    "core.endpoints.failures": """
        trouble words
    """,
    "core.endpoints.pasted": """
        address key_shape
    """,
    "core.formats": """
        flavour output_format template
    """,
    "core.formats.drawing": """
        formula
    """,
    "core.language": """
        languages numbers pseudo words
    """,
    "core.pictures": """
        desktop_picture geometry image selection printed
    """,
    "core.reading": """
        document_context guidance macros recognition
    """,
    "core.settings": """
        client client_form codec forms hotkey_form merging settings
    """,
    "native": """
        diagnostics ending heap inheritance nothing resume session
    """,
    "native.clipboard": """
        tools
    """,
    "native.hotkeys": """
        x11_keys
    """,
    "native.instance": """
        client protocol server
    """,
    "native.login": """
        desktop_files own_command
    """,
    "native.screens": """
        mss picture qt
    """,
    "native.windows": """
        color_scheme
    """,
    "ports": """
        clipboard hotkeys screens session storage
    """,
    "services": """
        disuse first_use interruption observable programs tasks
    """,
    "services.output": """
        clipboard_choice clipboard_keeper
    """,
    "services.reading": """
        capture
    """,
    "services.settings": """
        origin_secrets overrides secret_choice settings_service
    """,
    "ui.overlay": """
        by_keys input kind layout paint presenter session snipper strays window
    """,
    "ui.settings": """
        editor
    """,
    "ui.settings.snipping": """
        binding_presenter presenter
    """,
    "ui.shell": """
        doors notifier tray tray_menu
    """,
    "ui.toolkit": """
        actions activity application clipboard garbage icons keys language mode_actions mode_names
        notice_words resources theme
    """,
    "ui.toolkit.views": """
        announcing labels
    """,
}
"""All of ours that a start may import before the hotkey works; the rest comes after it, with the desk."""

SLOW = ("openai", "keyring", "PIL", "quickjs", "onnxruntime", "numpy", "starlette", "uvicorn", "mcp")


def modules_after(statement: str) -> set[str]:
    code = f"{statement}\nimport sys; print('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    )
    return set(done.stdout.split())


def libraries_after(statement: str) -> set[str]:
    return {name.partition(".")[0] for name in modules_after(statement)}


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_neither_qt_nor_any_slow_library(option: str) -> None:
    statement = (
        "import contextlib, io, writetex_desktop.cli as cli\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    cli.main(['{option}'])"
    )
    assert not libraries_after(statement) & {*SLOW, "PySide6", "mss", "asyncio", "Xlib"}


def test_the_program_of_the_window_imports_no_slow_library() -> None:
    assert not libraries_after("import writetex_desktop.composition.desk") & set(SLOW)


def test_until_the_hotkey_works_no_more_is_imported_than_it_needs() -> None:
    loaded = {
        name.removeprefix("writetex_desktop.")
        for name in modules_after("import writetex_desktop.composition.window")
        if name.startswith("writetex_desktop.") and not PACKAGE.joinpath(*name.split(".")[1:]).is_dir()
    }
    assert loaded == {f"{wing}.{name}" for wing, names in READY.items() for name in names.split()}


def test_the_sources_of_what_is_imported_are_not_read() -> None:
    statement = (
        "import linecache, writetex_desktop.native.qt_core as qt_core\n"
        "qt_core.load_qt_core()\n"
        "import writetex_desktop.composition.desk\n"
        "assert not [name for name in linecache.cache if 'writetex_desktop' in name]"
    )
    assert "writetex_desktop.composition.desk" in modules_after(statement)
