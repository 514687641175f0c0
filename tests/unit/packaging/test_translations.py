"""The catalogues: what is extracted, what is refused, and what the standard library reads of it."""

import gettext
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

PACKAGING = Path(__file__).parents[3] / "packaging"


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, PACKAGING / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


translations = loaded("translations")
Entry = translations.Entry

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), min_size=1)


@given(st.lists(st.tuples(TEXTS, TEXTS), unique_by=lambda pair: pair[0], max_size=8))
def test_what_is_written_is_read_and_the_standard_library_reads_what_is_compiled(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("catalogue")
    entries = [Entry(text, places=("core/x.py",), forms=(said,)) for text, said in pairs]
    header = translations.header("fr", translations.PLURALS["fr"])
    translations.write_po(folder / "fr.po", entries, header)
    assert translations.read_po(folder / "fr.po") == entries

    translations.write_mo(folder / "fr.mo", entries, header)
    with (folder / "fr.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert [catalogue.gettext(text) for text, _ in pairs] == [said for _, said in pairs]


def test_plurals_and_contexts_reach_the_standard_library(tmp_path: Path) -> None:
    entries = [
        Entry(
            "{count} file", many="{count} files", forms=("{count} файл", "{count} файла", "{count} файлов")
        ),
        Entry("Open", context="state", forms=("открыт",)),
        Entry("Open", forms=("открыть",)),
        Entry("Not sure", forms=("не так",), fuzzy=True),
    ]
    translations.write_po(tmp_path / "ru.po", entries, {})
    assert translations.read_po(tmp_path / "ru.po") == entries
    translations.write_mo(tmp_path / "ru.mo", entries, translations.header("ru", translations.PLURALS["ru"]))
    with (tmp_path / "ru.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    said = [catalogue.ngettext("{count} file", "{count} files", count) for count in (1, 3, 5, 21)]
    assert said == ["{count} файл", "{count} файла", "{count} файлов", "{count} файл"]
    assert catalogue.pgettext("state", "Open") == "открыт"
    assert catalogue.gettext("Open") == "открыть"
    assert catalogue.gettext("Not sure") == "Not sure"


@pytest.mark.parametrize(
    ("text", "said", "fault"),
    [
        ("{name} was saved.", "{nom} est enregistré.", "placeholders"),
        ("{name} was saved.", "Enregistré.", "placeholders"),
        ("{name} was saved.", "{name est enregistré.", "brace"),
        ("&Open", "Ouvrir", "key"),
        ("Open", "&Ouvrir", "key"),
        ("Run `writetex doctor`.", "Lancez `writetex docteur`.", "code"),
        ("Open…", "Ouvrir", "ends"),
        ("Three 3", "ثلاثة ٣", "digits"),
        (" behind", "derrière", "space"),
    ],
)
def test_what_cannot_be_right_is_said(text: str, said: str, fault: str) -> None:
    faults = translations.faults_of(Entry(text, forms=(said,)), "fr")
    assert any(fault in each for each in faults), faults


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (Entry("{name} was saved.", forms=("已保存 {name}。",)), "zh_CN"),
        (Entry("&Open", forms=("打开(&O)",)), "zh_CN"),
        (Entry("{count} file", many="{count} files", forms=("un fichier", "{count} fichiers")), "fr"),
        (Entry(r"\frac{a}{b", forms=(r"\frac{a}{b",)), "fr"),
        (Entry("Really?", forms=("حقًا؟",)), "ar"),
    ],
)
def test_what_a_language_needs_is_no_fault(entry: object, code: str) -> None:
    assert translations.faults_of(entry, code) == []


def test_a_catalogue_that_is_brought_up_to_date_keeps_what_was_translated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "package"
    package.mkdir()
    module = package / "said.py"
    module.write_text(
        'tr("Open")\ntr_plural("{count} file", "{count} files", count=n)\nmark("Text")\n', "utf-8"
    )
    monkeypatch.setattr(translations, "PACKAGE", package)
    monkeypatch.setattr(translations, "PO_FOLDER", tmp_path / "po")
    translations.merge(["fr"])
    file = tmp_path / "po" / "fr.po"
    file.write_text(
        file.read_text("utf-8").replace('msgid "Open"\nmsgstr ""', 'msgid "Open"\nmsgstr "Ouvrir"'), "utf-8"
    )
    assert translations.check(["fr"]) == 1

    module.write_text('tr_in("verb", "Open")\ntr("Open")\n', "utf-8")
    translations.merge(["fr"])

    assert [(each.context, each.text, each.forms) for each in translations.read_po(file)] == [
        ("verb", "Open", ("",)),
        ("", "Open", ("Ouvrir",)),
    ]


def test_a_text_that_is_put_together_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "said.py").write_text('tr(f"Open {name}")\n', "utf-8")
    monkeypatch.setattr(translations, "PACKAGE", tmp_path)
    with pytest.raises(SystemExit, match=r"said\.py:1: .* literal"):
        translations.extract()
