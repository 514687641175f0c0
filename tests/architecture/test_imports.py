"""What is imported when: the slow libraries come after the tray is up, or never."""

import subprocess
import sys

import pytest

READY = {
    "adapters": """
        atomic_file environment keyring_secrets log_setup loop_clock memory_secrets settings_file
    """,
    "composition": """
        backends clipboard configuration doors hotkeys quiet window
    """,
    "core": """
        app_id backend clipboard_content cost desktop_picture document_context endpoint errors
        fault_marks faults formula geometry guidance host_rules hotkey hotkey_binding image macros
        network notice output_format provider recognition redaction secret selection settings
        settings_codec settings_forms snip_wish trouble wire_body
    """,
    "native": """
        clipboard_tools color_scheme_portal desktop_files diagnostics heap instance_client
        instance_protocol instance_server nothing own_command qt_screens resume screen_mss
        screen_picture session x11_keys
    """,
    "services": """
        capture clipboard_choice clipboard_keeper first_use observable secret_choice
        settings_service tasks
    """,
    "ui": """
        actions binding_presenter clipboard door_presenter garbage hotkey_presenter icons notices
        notifier overlay_input overlay_keys overlay_kind overlay_layout overlay_paint
        overlay_session overlay_window qt_app resources settings_editor snip_presenter snipper theme
        tray
    """,
}
"""All of ours that a start may import before the hotkey works; the rest comes after it, with the desk."""

SLOW = ("openai", "keyring", "PIL", "quickjs", "onnxruntime", "numpy")


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
        if name.count(".") > 1 and name.startswith("writetex_desktop.")
    }
    assert loaded == {f"{layer}.{name}" for layer, names in READY.items() for name in names.split()}


def test_the_sources_of_what_is_imported_are_not_read() -> None:
    statement = (
        "import linecache, writetex_desktop.native.qt_core as qt_core\n"
        "qt_core.load_qt_core()\n"
        "import writetex_desktop.composition.desk\n"
        "assert not [name for name in linecache.cache if 'writetex_desktop' in name]"
    )
    assert "writetex_desktop.composition.desk" in modules_after(statement)
