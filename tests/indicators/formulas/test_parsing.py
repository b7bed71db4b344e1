"""What is a formula, and above all what is none: nothing foreign gets past the parser, whatever its size."""

import builtins
import time
import tracemalloc
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.indicators.formulas import FormulaError, parse, parse_condition, references, to_text
from apps.indicators.formulas.nodes import Chain, Number, Reference
from tests.indicators.formulas import trees

FOREIGN = [
    "__import__('os')",
    "__import__('os').system('id')",
    "().__class__.__bases__[0].__subclasses__()",
    "[a].__class__",
    "[a].real",
    "[__class__]",
    "[a] [b]",
    "[a](1)",
    "[a][b]",
    "lambda: 1",
    "lambda x: x",
    "[x for x in [a]]",
    "(x for x in y)",
    "{1: 2}",
    "{x: 1 for x in y}",
    "f'{[a]}'",
    'f"{1}"',
    "'a' * 10",
    '"a".format(1)',
    "'{0.__class__}'.format(1)",
    "exec('1')",
    "eval('1')",
    "open('/etc/passwd')",
    "compile('1', '', 'eval')",
    "globals()",
    "getattr(a, b)",
    "print(1)",
    "import os",
    "os.system",
    "a.b.c",
    "x = 1",
    "x := 1",
    "1; 2",
    "1\\n2",
    "1 if 2 else 3",
    "yield 1",
    "await 1",
    "async def f(): pass",
    "def f(): pass",
    "class A: pass",
    "@decorator",
    "*args",
    "**kwargs",
    "sum(*[a])",
    "sum([a], start=1)",
    "2 ** 8",
    "9**9**9**9",
    "9^9",
    "7 // 2",
    "7 % 2",
    "1 << 64",
    "1 >> 2",
    "1 | 2",
    "1 & 2",
    "~1",
    "!1",
    "1 && 2",
    "1 || 2",
    "True",
    "None",
    "NaN",
    "inf",
    "Infinity",
    "1e309",
    "1e3",
    "1E3",
    "0x10",
    "0b1",
    "0o7",
    "1_000",
    "1j",
    "1.2.3",
    ".5",
    "5.",
    "1,5",
    "1 000",
    "٣",
    "１",
    "²",
    "½",
    "∞",
    "√4",
    "x",
    "а",
    "сумма([a])",
    "если([a], 1, 2)",
    "[a] и [b]",
    "SELECT 1",
    "1; DROP TABLE indicators_value; --",
    "1 -- comment",
    "1 /* comment */",
    "# comment",
    "1 # comment",
    "[a'; DROP TABLE x; --]",
    "[a]' OR '1'='1",
    "%(a)s",
    "%s",
    "$1",
    "${a}",
    "{{ a }}",
    "{% load x %}",
    "<script>alert(1)</script>",
    "[<script>]",
    "=1+1",
    "@SUM(1)",
    "=cmd|'/c calc'!A0",
    "[..]",
    "[.a]",
    "[-a]",
    "[%]",
    "[a b]",
    "[a\x00b]",
    "[a\nb]",
    "[]",
    "[ ]",
    "[[a]]",
    "[a",
    "a]",
    "()",
    "(1",
    "1)",
    ")(",
    "((1)",
    "1 +",
    "+ 1",
    "* 1",
    "1 + + 1",
    "1 */ 1",
    "1 1",
    "",
    " ",
    "\t\n",
    "\x00",
    "\u202e1",
    "\ufeff1",
    "\u200b1",
    "1\u2028+1",
    "sum",
    "sum(",
    "sum()",
    "sum(,)",
    "sum(1,)",
    "sum(1 2)",
    "sum 1",
    "abs()",
    "abs(1, 2)",
    "if(1, 2, 3)",
    "if([a] > 1, 2)",
    "if([a] > 1, 2, 3, 4)",
    "if([a] > 1, 2 > 1, 3)",
    "round(1, 7)",
    "round(1, 0.5)",
    "round(1, -1)",
    "round(1, [a])",
    "round(1, 1, 1)",
    "coalesce([a])",
    "min([a] > 1)",
    "mean()",
    "average([a])",
    "share([a])",
    "previous([a] + 1)",
    "points([a])",
    "sum.real(1)",
    "if.x",
    "[a] > 1",
    "not [a]",
    "[a] and [b]",
    "1 + ([a] > 1)",
    "-([a] > 1)",
    "([a] > 1) * 2",
    "1 < 2 < 3",
    "[a] = [b] = [c]",
    "and",
    "or 1",
    "not",
    "1 and",
    "1 in [a]",
    "1 is 1",
    "a => b",
    "a -> b",
    "1 =< 2",
    "1 === 1",
    "??",
    "?",
    ":",
    "1:2",
    "\\",
    "`id`",
    "~",
    "|",
    "&",
    "…",
    "—",
    "1 — 1",
    "№1",
    "§",
    "🙂",
    "1🙂",
    "[🙂]",
    "e",
    "pi",
    "self",
    "request.user",
    "settings.SECRET_KEY",
    "import__",
    "_",
    "__",
    "a_b",
    "_a",
    "sum_([a])",
    "0" * 25,
    "1." + "0" * 20,
    "[" + "a" * 41 + "]",
    "[" * 50,
    "]" * 50,
    "." * 50,
    "-" * 60 + "1",
    "not " * 60 + "1 > 0",
]


@pytest.mark.parametrize("text", FOREIGN, ids=range(len(FOREIGN)))
def test_what_is_not_of_the_language_is_refused(text, monkeypatch):
    def forbidden(*_args, **_kwargs):
        raise AssertionError("the text was executed")

    with monkeypatch.context() as patch:
        for name in ("eval", "exec", "compile", "open"):
            patch.setattr(builtins, name, forbidden)  # for the time of parsing only: pytest itself opens files
        with pytest.raises(FormulaError) as refusal:
            parse(text)
    assert str(refusal.value)


def test_the_corpus_is_as_large_as_promised():
    assert len(set(FOREIGN)) >= 200


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("(" * 10_000 + "1" + ")" * 10_000, id="brackets"),
        pytest.param("(" * 1_900 + "1" + ")" * 1_900, id="brackets within the length"),
        pytest.param("+".join(["1"] * 10_000), id="long sum"),
        pytest.param("+".join(["1"] * 1_900), id="long sum within the length"),
        pytest.param("9" * 1_000_000, id="a megabyte of digits"),
        pytest.param(" " * 1_000_000, id="a megabyte of blanks"),
        pytest.param("[a]" * 1_000_000, id="codes"),
        pytest.param("sum(" * 900 + "1" + ")" * 900, id="nested calls"),
        pytest.param("-" * 3_999 + "1", id="minuses"),
        pytest.param("not " * 900 + "1>0", id="nots"),
        pytest.param("if(1>0," * 400 + "1" + ",1)" * 400, id="nested ifs"),
        pytest.param("1>0 and " * 450 + "1>0", id="long logic"),
    ],
)
def test_bombs_are_refused_quickly_and_cheaply(text):
    tracemalloc.start()
    begun = time.process_time()
    with pytest.raises(FormulaError) as refusal:
        parse(text)
    spent = time.process_time() - begun
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refusal.value.code in {"too_long", "too_deep", "too_big", "bad_number", "not_a_number", "unexpected"}
    assert spent < 2  # tracing slows it down; untraced it takes a few milliseconds
    assert peak < 50 * 2**20


@settings(max_examples=200)
@given(trees.formulas)
def test_reading_what_was_printed_gives_the_same_formula(tree):
    assert parse(to_text(tree)) == tree


@settings(max_examples=300)
@given(st.text(alphabet="0123456789.+-*/()[]<>=, abcsumifndort_%А", max_size=60))
def test_any_text_is_a_formula_or_refused_in_words(text):
    refusal = None
    try:
        tree = parse(text)
    except FormulaError as error:
        refusal = error
    if refusal is None:
        assert parse(to_text(tree)) == tree
    else:
        assert refusal.position is None or 1 <= refusal.position <= len(text) + 1


def test_signs_of_people_and_of_keyboards_are_the_same():
    assert parse("100 × [so_oo.1.5] ÷ ([so_oo.1.1] − 1)") == parse("100 * [so_oo.1.5] / ([so_oo.1.1] - 1)")
    assert parse_condition("[a] ≤ [b]") == parse_condition("[a] <= [b]")


def test_a_code_is_not_a_number():
    assert parse("[so_oo.1.10] + 1.1") == Chain(Reference("so_oo.1.10"), (("+", Number(Decimal("1.1"))),))
    assert references(parse("[so_oo.1.10] / [so_oo.1.1] + [so_oo.1.10]")) == ["so_oo.1.10", "so_oo.1.1"]


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("1 + ** 2", "unexpected", 5),
        ("[so_oo.1.1] % 2", "unknown_sign", 13),
        ("100 * средняя([a])", "unknown_word", 7),
        ("total([a])", "unknown_function", 1),
        ("if([a], 1, 2)", "wrong_kind", 4),
        ("1 + [a", "bad_code", 5),
    ],
)
def test_a_fault_says_where_it_is(text, code, position):
    with pytest.raises(FormulaError) as refusal:
        parse(text)
    assert (refusal.value.code, refusal.value.position) == (code, position)
    assert str(refusal.value).startswith(f"Знак {position}: ")


def test_a_rule_must_be_a_condition():
    with pytest.raises(FormulaError, match="Правило должно сравнивать"):
        parse_condition("[a] + 1")
