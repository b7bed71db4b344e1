"""Formulas that refer to each other."""

from collections.abc import Iterable, Mapping


def find_cycle(uses: Mapping[str, Iterable[str]]) -> list[str] | None:
    """A circle of formulas as the path that walks it (`[a, b, a]`), or None. Deep chains are no burden."""
    done: set[str] = set()
    for start in uses:
        path: list[str] = []
        on_path: set[str] = set()
        stack = [(start, iter(uses.get(start, ())))] if start not in done else []
        if stack:
            path, on_path = [start], {start}
        while stack:
            code, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                on_path.discard(path.pop())
                done.add(code)
            elif following in on_path:
                return [*path[path.index(following) :], following]
            elif following not in done:
                path.append(following)
                on_path.add(following)
                stack.append((following, iter(uses.get(following, ()))))
    return None


def depth_of(uses: Mapping[str, Iterable[str]]) -> int:
    """The longest chain of formulas built on each other; `uses` has no cycle."""
    depth: dict[str, int] = {}
    for start in uses:
        stack = [start]
        while stack:
            code = stack[-1]
            waiting = [other for other in uses.get(code, ()) if other in uses and other not in depth]
            if waiting:
                stack += waiting
                continue
            stack.pop()
            depth[code] = 1 + max((depth[other] for other in uses.get(code, ()) if other in depth), default=0)
    return max(depth.values(), default=0)
