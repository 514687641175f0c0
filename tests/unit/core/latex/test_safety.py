"""A picture can carry instructions; the user hears of those that a document would obey."""

from itertools import pairwise

import pytest

from tests.unit.core.formats.test_wrapping import FORMULAS
from writetex_desktop.core.latex.safety import danger_warning, find_dangers


@pytest.mark.parametrize(
    ("markup", "command"),
    [
        (r"x \input{/etc/passwd}", r"\input"),
        (r"\immediate\write18{rm -rf ~}", r"\immediate"),
        (r"\write 18{ls}", r"\write18"),
        (r"\openout1=a", r"\openout"),
        (r"\catcode`\%=12", r"\catcode"),
        (r"\read16 to \x", r"\read"),
        (r"\special{ps:}", r"\special"),
        (r"\csname in\endcsname", r"\csname"),
        (r"\directlua{os.execute('ls')}", r"\directlua"),
        (r"^^5cinput a", "^^"),
        (r"\def\x{\x\x}\x", r"\x"),
        (r"\def\a{\b}\def\b{\a}", r"\a"),
        (r"\newcommand{\y}{\y y}", r"\y"),
    ],
)
def test_a_dangerous_command_is_named_with_what_it_does(markup: str, command: str) -> None:
    assert find_dangers(markup)[0].command == command
    assert danger_warning(markup).startswith(f"The result holds {command}, which ")


FOUND = [
    (r"\@@input /etc/passwd", r"\@@input"),
    (r"\begin{filecontents}{x.sty}a\end{filecontents}", r"\begin{filecontents}"),
    (r"\sys_shell_now:n{id}", r"\sys_shell_now:n"),
    (r"\file_input:n{x}", r"\file_input:n"),
    (r"\tex_input:D x", r"\tex_input:D"),
    (r"\import{/etc/}{passwd}", r"\import"),
    (r"\subfile{x}", r"\subfile"),
    (r"\csvautotabular{x.csv}", r"\csvautotabular"),
    (r"\inputminted{c}{x.c}", r"\inputminted"),
    (r"\pdffiledump offset 0 length 9{x}", r"\pdffiledump"),
    (r"\includestandalone{x}", r"\includestandalone"),
    (r"\pgfimage{x}", r"\pgfimage"),
    (r"\draw plot[id=x] function{sin(x)};", "function"),
    (r"\draw plot file {/etc/passwd};", "file"),
    (r"\addplot gnuplot {sin(x)};", "gnuplot"),
    (r"\addplot shell {id};", "shell"),
    (r"\tikzexternalize", r"\tikzexternalize"),
    (r"\begin{luacode*}os.execute('id')\end{luacode*}", r"\begin{luacode}"),
    (r"\luadirect{x}", r"\luadirect"),
    (r"\py{__import__('os')}", r"\py"),
    (r"\href{javascript:alert(1)}{x}", r"\href"),
    (r"\def\a#1{#1#1#1#1#1#1#1#1}\a{\a{\a{\a{\a{\a{x}}}}}}", r"\a"),
]
"""What an attack on the program got past the first list."""

MORE = [
    (r"\begin{input}{/etc/passwd}\end{input}", r"\begin{input}"),
    (r"\ior_open:Nn \g_tmpa_ior {x}", r"\ior_open:Nn"),
    (r"\addplot table[x=a]{/etc/passwd};", "table[x=a]"),
    (r"\pgfplotstableread{x.csv}\t", r"\pgfplotstableread"),
    (r"\lstinputlisting{x.py}", r"\lstinputlisting"),
    (r"\renewcommand{\frac}[2]{#2/#1}", r"\renewcommand\frac"),
    (r"\let\section\relax", r"\let\section"),
    (r"\protected\def\sum{}", r"\def\sum"),
    (r"\begin{scontents}a\end{scontents}", r"\begin{scontents}"),
    (r"\unheard{/home/me/.ssh/config}", r"\unheard"),
    (r"\showimg[width=1cm]{https://example.org/x.png}", r"\showimg"),
    (r"\begin{sagesilent}1\end{sagesilent}", r"\begin{sagesilent}"),
    (r"\AtBeginDocument{x}", r"\AtBeginDocument"),
    (r"\foreach \i in {1,...,9999999} {x}", r"\foreach"),
    (r"\def\a#1{#1#1}\a\a\a\a x", r"\a"),
    (r"\makeatletter x", r"\makeatletter"),
    (r"\XeTeXpicfile x.png", r"\XeTeXpicfile"),
    (r"\embedfile{x}", r"\embedfile"),
    (r"\addplot3[contour gnuplot] {x};", "contour gnuplot"),
    (r"\loop x\repeat", r"\loop"),
    (r"\def~{\x}", r"\def"),
]


@pytest.mark.parametrize(("markup", "command"), [*FOUND, *MORE])
def test_what_could_read_write_run_redefine_or_link_is_named(markup: str, command: str) -> None:
    assert command in [danger.command for danger in find_dangers(markup)]


def test_macros_that_double_themselves_are_found_before_anybody_expands_them() -> None:
    names = [f"m{chr(97 + at)}" for at in range(26)]
    chain = "\\def\\ma{xxxxxxxxxx}" + "".join(
        f"\\def\\{name}{{\\{before}\\{before}}}" for before, name in pairwise(names)
    )
    assert find_dangers(chain)


def test_ordinary_formulas_and_definitions_are_no_danger() -> None:
    assert [each for each in FORMULAS if find_dangers(each)] == []
    assert danger_warning(r"\def\RR{\mathbb{R}} f:\RR\to\RR") == ""
    assert danger_warning(r"x^^{2}") == ""


@pytest.mark.parametrize(
    "markup",
    [
        r"\Spec A \to \Hom_{\mathcal{C}}(X, Y)",
        r"\alpha_x:X\to\int_a:b",
        r"\newcommand{\norm}[1]{\lVert #1\rVert} \norm{\norm{x}}",
        r"\renewcommand{\arraystretch}{1.5}\begin{tabular}{c@{ }c} 1 & 2 \\ \end{tabular}",
        r"\draw[->] plot[domain=0:2,samples=90] (\x,{\x}); \foreach \i in {1,...,12} \node at (\i,0) {};",
        r"\addplot table {x y\\ 1 2\\};",
        "\\addplot table {\nx y\n1 2\n};",
        r"\ce{SO4^2- + Ba^2+ -> BaSO4 v} \SI{3}{\kilo\gram\per\second}",
        r"\curl \vec{E} = \profile, \median, \spread, \rewrites, \embed, \hyperbolic, \linearsystem{A}{b}",
        r"\preimage{T}{a/b} \eqnimage{eqn-wave1}",
        r"\begin{tikzcd} A \arrow[r, hook] \arrow[d] & B \\ C \end{tikzcd}",
        r"\DeclareMathOperator{\tr}{tr} \tr A",
    ],
)
def test_what_authors_write_every_day_is_no_danger(markup: str) -> None:
    assert find_dangers(markup) == ()


def test_each_command_is_named_once_and_in_its_order() -> None:
    dangers = find_dangers(r"\openout1 \input a \openout2")
    assert [(danger.command, danger.position) for danger in dangers] == [(r"\openout", 0), (r"\input", 10)]
    assert r"(also: \input)" in danger_warning(r"\openout1 \input a")
