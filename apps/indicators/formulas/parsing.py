"""From tokens to the tree, by recursive descent. Bounded in length, depth and number of nodes.

expression = and_part { "or" and_part } ;          and_part = not_part { "and" not_part } ;
not_part = "not" not_part | comparison ;           comparison = sum [ sign sum ] ;
sum = product { ("+" | "−") product } ;            product = unary { ("×" | "÷") unary } ;
unary = "−" unary | number | "[" code "]" | name "(" expression { "," expression } ")"
    | "points" "(" expression "," step { "," step } ")" | "(" expression ")" ;
step = [ "−" ] number ":" [ "−" ] number ;
"""

from collections.abc import Callable
from decimal import Decimal

from apps.indicators.formulas.errors import FormulaError
from apps.indicators.formulas.nodes import (
    Call,
    Chain,
    Comparison,
    Kind,
    Logic,
    Negative,
    Node,
    Not,
    Number,
    Reference,
    kind_of,
)
from apps.indicators.formulas.tokens import Token, tokenize

MAX_DEPTH = 24
MAX_NODES = 500
MAX_ROUNDING = 6
MAX_STEPS = 20
COMPARISONS = ("<", "<=", "=", "<>", ">=", ">")
# Least and greatest number of arguments.
FUNCTIONS = {
    "sum": (1, 200),
    "min": (1, 200),
    "max": (1, 200),
    "mean": (1, 200),
    "coalesce": (2, 20),
    "if": (3, 3),
    "abs": (1, 1),
    "round": (1, 2),
    "share": (2, 2),
    "previous": (1, 1),
    "points": (2, 1 + MAX_STEPS),
}


def parse(text: str) -> Node:
    """The tree of a formula (a number). Raises FormulaError with the place of the first fault."""
    return _whole(text, Kind.NUMBER)


def parse_condition(text: str) -> Node:
    """The tree of a rule (a condition that holds or not). Raises FormulaError."""
    return _whole(text, Kind.CONDITION)


def _whole(text: str, wanted: Kind) -> Node:
    parser = _Parser(text)
    node = parser.expression()
    parser.end()
    if kind_of(node) != wanted:
        if wanted == Kind.NUMBER:
            raise FormulaError("not_a_number", "Формула даёт «да» или «нет», а нужно число. Используйте if(…, 1, 0).")
        raise FormulaError("not_a_condition", "Правило должно сравнивать: например, [so_oo.1.5] <= [so_oo.1.1].")
    return node


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = list(tokenize(text))
        self.next = 0
        self.depth = 0
        self.nodes = 0

    # --- reading

    @property
    def token(self) -> Token:
        return self.tokens[self.next]

    def take(self, kind: str, *texts: str) -> Token | None:
        token = self.token
        if token.kind != kind or (texts and token.text not in texts):
            return None
        self.next += 1
        return token

    def need(self, sign: str) -> None:
        if not self.take("sign", sign):
            raise self.unexpected(f"Ожидается «{sign}».")

    def unexpected(self, advice: str) -> FormulaError:
        token = self.token
        if token.text == "," and self.next and self.tokens[self.next - 1].kind == "number":
            advice = "Дробная часть отделяется точкой: 12.5."
        found = "Формула обрывается." if token.kind == "end" else f"Здесь не может стоять «{token.text}»."
        return FormulaError("unexpected", f"{found} {advice}".strip(), token.position)

    def end(self) -> None:
        if self.token.kind != "end":
            raise self.unexpected("Проверьте знаки действий и скобки.")

    def made(self, node: Node) -> Node:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise FormulaError("too_big", f"В формуле больше {MAX_NODES} частей. Разбейте её на несколько показателей.")
        return node

    def deeper(self, read: Callable[[], Node]) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            message = f"Вложенность больше {MAX_DEPTH} уровней. Разбейте формулу на несколько показателей."
            raise FormulaError("too_deep", message, self.token.position)
        node = read()
        self.depth -= 1
        return node

    def want(self, node: Node, kind: Kind, position: int) -> Node:
        if kind_of(node) != kind:
            advice = (
                "Здесь нужно число, а стоит условие."
                if kind == Kind.NUMBER
                else "Здесь нужно условие, а стоит число. Сравните его: например, [so_oo.2.4] = 1."
            )
            raise FormulaError("wrong_kind", advice, position)
        return node

    # --- grammar

    def expression(self) -> Node:
        return self.logic("or", lambda: self.logic("and", self.negation))

    def logic(self, word: str, read: Callable[[], Node]) -> Node:
        position = self.token.position
        operands = [read()]
        while self.take("word", word):
            self.want(operands[0], Kind.CONDITION, position)
            place = self.token.position
            operands.append(self.want(read(), Kind.CONDITION, place))
        return operands[0] if len(operands) == 1 else self.made(Logic(word, tuple(operands)))

    def negation(self) -> Node:
        if not self.take("word", "not"):
            return self.comparison()
        position = self.token.position
        return self.made(Not(self.want(self.deeper(self.negation), Kind.CONDITION, position)))

    def comparison(self) -> Node:
        position = self.token.position
        left = self.chain(("+", "-"), self.product)
        sign = self.take("sign", *COMPARISONS)
        if not sign:
            return left
        self.want(left, Kind.NUMBER, position)
        position = self.token.position
        right = self.want(self.chain(("+", "-"), self.product), Kind.NUMBER, position)
        if self.token.kind == "sign" and self.token.text in COMPARISONS:
            raise self.unexpected("Сравнения соединяют словом and: [а] <= [б] and [б] <= [в].")
        return self.made(Comparison(sign.text, left, right))

    def product(self) -> Node:
        return self.chain(("*", "/"), self.unary)

    def chain(self, signs: tuple[str, str], read: Callable[[], Node]) -> Node:
        position = self.token.position
        first = read()
        rest = []
        while sign := self.take("sign", *signs):
            self.want(first, Kind.NUMBER, position)
            place = self.token.position
            rest.append((sign.text, self.want(read(), Kind.NUMBER, place)))
        return self.made(Chain(first, tuple(rest))) if rest else first

    def unary(self) -> Node:
        if not self.take("sign", "-"):
            return self.primary()
        position = self.token.position
        return self.made(Negative(self.want(self.deeper(self.unary), Kind.NUMBER, position)))

    def primary(self) -> Node:
        if token := self.take("number"):
            return self.made(Number(Decimal(token.text)))
        if token := self.take("code"):
            return self.made(Reference(token.text))
        if self.take("sign", "("):
            node = self.deeper(self.expression)
            self.need(")")
            return node
        if self.token.kind == "word" and self.token.text not in {"and", "or", "not"}:
            return self.deeper(self.call)
        raise self.unexpected("Ожидается число, код показателя в [ ] или функция.")

    def call(self) -> Node:
        token = self.token
        self.next += 1
        if token.text not in FUNCTIONS:
            known = ", ".join(FUNCTIONS)
            raise FormulaError("unknown_function", f"Функции «{token.text}» нет. Есть: {known}.", token.position)
        self.need("(")
        if token.text == "points":
            return self.points()
        arguments = [(self.token.position, self.expression())]
        while self.take("sign", ","):
            arguments.append((self.token.position, self.expression()))
        self.need(")")
        least, greatest = FUNCTIONS[token.text]
        if not least <= len(arguments) <= greatest:
            wanted = str(least) if least == greatest else f"от {least} до {greatest}"
            message = f"У функции {token.text} должно быть аргументов: {wanted}. Указано: {len(arguments)}."
            raise FormulaError("wrong_count", message, token.position)
        self.check_arguments(token.text, arguments)
        return self.made(Call(token.text, tuple(node for _, node in arguments)))

    def points(self) -> Node:
        """`points([a], 1: 30, 2: 60)`: a value and the steps of a scale, in rising order."""
        position = self.token.position
        found = [self.want(self.expression(), Kind.NUMBER, position)]
        last: Decimal | None = None
        while self.take("sign", ","):
            position = self.token.position
            step, value = self.constant()
            if last is not None and value <= last:
                raise FormulaError(
                    "bad_steps", "Ступени шкалы идут по возрастанию: points([а], 1: 30, 2: 60).", position
                )
            last = value
            self.need(":")
            found += [step, self.constant()[0]]
        self.need(")")
        if not 1 <= len(found) // 2 <= MAX_STEPS:
            message = f"У функции points должно быть ступеней: от 1 до {MAX_STEPS}. Пример: points([а], 1: 30, 2: 60)."
            raise FormulaError("wrong_count", message, position)
        return self.made(Call("points", tuple(found)))

    def constant(self) -> tuple[Node, Decimal]:
        """A number of a scale, and its value."""
        minus = self.take("sign", "-")
        token = self.take("number")
        if not token:
            raise self.unexpected("Ступень шкалы — два числа через двоеточие: 1: 30.")
        number = Number(Decimal(token.text))
        self.made(number)
        return (Negative(number), -number.value) if minus else (number, number.value)

    def check_arguments(self, name: str, arguments: list[tuple[int, Node]]) -> None:
        kinds = [Kind.NUMBER] * len(arguments)
        if name == "if":
            branch = kind_of(arguments[1][1])
            kinds = [Kind.CONDITION, branch, branch]
        for (position, node), kind in zip(arguments, kinds, strict=True):
            self.want(node, kind, position)
        if name == "previous" and not isinstance(arguments[0][1], Reference):
            message = "У previous в скобках — один показатель: previous([so_oo.1.10])."
            raise FormulaError("bad_previous", message, arguments[0][0])
        if name == "round" and len(arguments) == 2:
            position, places = arguments[1]
            if not isinstance(places, Number) or places.value not in range(MAX_ROUNDING + 1):
                message = f"Число знаков при округлении — целое от 0 до {MAX_ROUNDING}."
                raise FormulaError("bad_rounding", message, position)
