"""What the guide says of base URLs, models and prices is what the catalogue says."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from writetex_desktop.core.costs.cost import Price
from writetex_desktop.core.endpoints.catalogue.codec import parse_catalogue
from writetex_desktop.core.endpoints.catalogue.provider import ModelMark, Provider
from writetex_desktop.core.endpoints.endpoint import normalise_base_url
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.language.languages import LANGUAGES as LANGUAGES_OF_THE_PROGRAM
from writetex_desktop.core.money import Currency

RESOURCES = Path(__file__).parents[3] / "resources"
CATALOGUE = parse_catalogue(
    tomllib.loads((RESOURCES / "providers.toml").read_text(encoding="utf-8"), parse_float=Decimal)
)
GUIDES = {file.stem: file.read_text(encoding="utf-8") for file in (RESOURCES / "guide").glob("*.md")}
LANGUAGES = pytest.mark.parametrize("language", sorted(GUIDES))

TABLE = {
    "OpenAI": "openai",
    "Anthropic": "anthropic",
    "Google": "google",
    "OpenRouter": "openrouter",
    "Alibaba": "alibaba",
    "Tencent TokenHub": "tencent-tokenhub",
    "ByteDance": "bytedance",
}
OTHER_CODE = {
    "--lang fr",
    "writetex write",
    "writetex recognize formula.inkml",
    *("POST", "/", ".env", "writetex recognize", "writetex update-providers", "--profile", "--header"),
    "--proxy",
    *("--ca-file", "--max-tokens", "--timeout"),
    "/v1", "/chat/completions", "POST …/chat/completions", "#", ":free", "ep-", "--mmproj", "YOUR_API_KEY",
    "sk-1234567890", "ollama pull deepseek-ocr", "vllm serve tencent/HunyuanOCR",
    "vllm serve deepseek-ai/DeepSeek-OCR", "writetex doctor",
    "writetex test-connection", "writetex test-connection --show-url",
    "writetex recognize scans/ --batch-api -o out.jsonl", "writetex batches", "out.jsonl", "--wait",
    "--cancel",
    "\\vect{x}", 'writetex recognize formula.png --instructions "use \\bm for vectors" --context thesis.tex',
    "--offline", "writetex recognize scans/ book.pdf --jobs 8 -o out.jsonl", "--estimate", "-o",
    ".csv", ".md", ".tex",
    "wtype",
    "--from mathml", "--from omml", "--from docx", "--from unicode", "--to raw",
    "pip install writetex-desktop[compute]",
    "{body}", "writetex convert formula.tex --to template --template Wikipedia",
    r"\sigma(x+1)", "writetex convert formula.tex --to python --function sigma",
    ".docx", ".odt", ".typ", ".html", ".ipynb", "\\tag", "--macros FILE", "--context FILE",
    "writetex convert formula.tex --to docx -o out.docx --numbered", "writetex recognize scans/ -o out.odt",
}  # fmt: skip
FLAVOURS = {
    re.sub(r'.*(?:formatname|value)="([^"]*)".*', r"\1", flavour.media_type)
    for each in OutputFormat
    for flavour in each.row.beside
}
"""What is on the clipboard beside the text, by the names that the guide uses."""

OTHER_PAGES = {"https://lmarena.ai/leaderboard", "https://www.cherry-ai.com/"}


def provider(name: str) -> Provider:
    found = CATALOGUE.provider(name)
    assert found is not None
    return found


def code(language: str) -> list[str]:
    return re.findall(r"(?<!`)`([^`\n]+)`(?!`)", GUIDES[language])


@LANGUAGES
def test_every_base_url_of_the_guide_is_one_of_the_catalogue(language: str) -> None:
    urls = {each for each in code(language) if each.startswith("http")}
    assert urls <= {each.base_url for each in CATALOGUE.providers}
    assert all(normalise_base_url(each) == each for each in urls)
    told = re.findall(r"(https://\S+)/chat/completions", GUIDES[language])
    assert set(told) <= urls


@LANGUAGES
def test_every_model_of_the_guide_is_one_of_the_catalogue(language: str) -> None:
    known = {model.id for each in CATALOGUE.providers for model in each.models}
    named = (
        {each for each in code(language) if not each.startswith("http")}
        - OTHER_CODE
        - FLAVOURS
        - set(OutputFormat)
    )
    assert named <= known
    assert set(re.findall(r'"model": "([^"]+)"', GUIDES[language])) <= known


@LANGUAGES
def test_the_guide_says_what_each_format_puts_on_the_clipboard(language: str) -> None:
    rows = dict(re.findall(r"^\| `([a-z]+)` ([^|]*\|.*)$", GUIDES[language], re.MULTILINE))
    for each in OutputFormat:
        assert (each in rows) == bool(each.row.beside)
        if each.row.beside and "`word`" not in rows[each]:
            assert rows[each].startswith(each.row.label)
            told = set(re.findall(r"`([^`]+)`", rows[each]))
            assert told == {
                name for name in FLAVOURS if any(name in flavour.media_type for flavour in each.row.beside)
            } - ({"MathML"} if each is not OutputFormat.WORD else set())
    assert OutputFormat.OMML.row.beside == OutputFormat.WORD.row.beside


@LANGUAGES
def test_every_page_of_the_guide_is_one_of_the_catalogue(language: str) -> None:
    known = {
        page
        for each in CATALOGUE.providers
        for page in (each.key_url, each.docs_url, each.models_url, *(step.url for step in each.steps))
    }
    pages = set(re.findall(r"\]\((https?://[^)]+)\)", GUIDES[language]))
    assert pages - known == OTHER_PAGES


@LANGUAGES
def test_the_table_has_the_proposed_models_and_their_prices(language: str) -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in GUIDES[language].splitlines()
        if line.startswith("| ") and line.count("|") == 6
    ][1:]
    assert [re.split(r" ?[(（]", row[0])[0] for row in rows] == list(TABLE)
    for row in rows:
        known = provider(TABLE[re.split(r" ?[(（]", row[0])[0]])
        for mark, model, price in ((ModelMark.ECONOMICAL, *row[1:3]), (ModelMark.STRONG, *row[3:5])):
            found = known.model(model.strip("`"))
            assert found is not None
            assert found.mark is mark
            assert price == written(found.price, language)


UNTOLD = {
    "en": "see the provider",
    "fr": "voir le fournisseur",
    "de": "siehe Anbieter",
    "pt_BR": "consulte o provedor",
    "ru": "см. у поставщика",
    "zh_CN": "见提供商网站",
}
FREE = {
    "en": "free",
    "fr": "gratuit",
    "de": "kostenlos",
    "pt_BR": "grátis",
    "ru": "бесплатно",
    "zh_CN": "免费",
}


def written(price: Price | None, language: str) -> str:
    if price is None:
        return UNTOLD[language]
    if not price.input:
        return FREE[language]
    return (
        f"{amount(price.input, price.currency, language)} / {amount(price.output, price.currency, language)}"
    )


def amount(value: Decimal, currency: Currency, language: str) -> str:
    sign = {Currency.USD: "$", Currency.CNY: "¥"}[currency]
    return (
        f"{value:.2f}\N{NO-BREAK SPACE}{sign}".replace(".", ",") if language == "fr" else f"{sign}{value:.2f}"
    )


@LANGUAGES
@pytest.mark.parametrize("name", TABLE.values())
def test_each_provider_of_the_table_has_its_walk_through(language: str, name: str) -> None:
    known = provider(name)
    assert f"`{known.base_url}`" in GUIDES[language]
    assert known.docs_url in GUIDES[language] or any(
        step.url in GUIDES[language] for step in known.steps if step.url
    )
    assert not known.key_url or known.key_url in GUIDES[language]


@LANGUAGES
def test_all_languages_have_the_same_parts_models_and_addresses(language: str) -> None:
    english, other = GUIDES["en"], GUIDES[language]
    assert re.findall(r"^#+", english, re.MULTILINE) == re.findall(r"^#+", other, re.MULTILINE)
    assert sorted(code("en")) == sorted(code(language))
    assert re.findall(r"\]\(([^)]+)\)", english) == re.findall(r"\]\(([^)]+)\)", other)
    rows = [line.count("|") for line in english.splitlines() if line.startswith("|")]
    assert rows == [line.count("|") for line in other.splitlines() if line.startswith("|")]


def test_a_guide_is_in_a_language_of_the_program() -> None:
    assert set(GUIDES) <= {each.code for each in LANGUAGES_OF_THE_PROGRAM}


@LANGUAGES
def test_a_model_that_is_soon_gone_is_not_proposed(language: str) -> None:
    day = max(
        each.price.as_of for p in CATALOGUE.providers for each in p.models if each.price and each.price.as_of
    )
    for line in GUIDES[language].splitlines():
        for name in re.findall(r"`([^`\n]+)`", line):
            models = [
                each for p in CATALOGUE.providers for each in p.models if each.id == name and each.retires
            ]
            for model in models:
                assert model.retires is not None
                soon = (model.retires - day).days < 90
                assert not soon or str(model.retires.year) in line
