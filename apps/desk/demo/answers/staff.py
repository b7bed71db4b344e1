"""The staff rows that the three forms share: education, category, length of service, age, training."""

from dataclasses import dataclass

from apps.desk.demo.chance import Draw


@dataclass(frozen=True)
class Staff:
    """Teachers by what the forms ask of them; every count is at most the whole it is part of."""

    teachers: int
    higher: int
    higher_pedagogical: int
    vocational: int
    vocational_pedagogical: int
    highest_category: int
    first_category: int
    service_under_5: int
    service_over_30: int
    under_30: int
    from_55: int
    all_staff: int
    trained: int
    trained_for_standards: int

    @property
    def with_category(self) -> int:
        return self.highest_category + self.first_category


def staff(draw: Draw, teachers: int, *, higher: float = 0.84, other_staff: float = 0.22) -> Staff:
    """Staff of an organisation with so many teachers; `higher` is the usual share with higher education."""
    with_higher = draw.count("higher", teachers, higher, strength=0.25, rural=-0.5, trend=0.03)
    vocational = teachers - with_higher
    highest = draw.count("highest", teachers, 0.31, strength=0.5, rural=-0.45, trend=0.04)
    first = min(teachers - highest, draw.count("first", teachers, 0.33, rural=0.1, trend=0.02))
    young = draw.count("young", teachers, 0.14, rural=-0.45, trend=0.08)
    old = min(teachers - young, draw.count("old", teachers, 0.27, rural=0.35, trend=0.06))
    new = min(teachers, draw.count("new", teachers, 0.16, rural=-0.25, trend=0.05))
    all_staff = teachers + max(2, round(other_staff * teachers))
    trained = draw.count("trained", all_staff, 0.86, strength=0.25, trend=0.08)
    return Staff(
        teachers=teachers,
        higher=with_higher,
        higher_pedagogical=draw.count("higher_ped", with_higher, 0.95),
        vocational=vocational,
        vocational_pedagogical=draw.count("vocational_ped", vocational, 0.9),
        highest_category=highest,
        first_category=first,
        service_under_5=new,
        service_over_30=min(teachers - new, draw.count("veterans", teachers, 0.24, rural=0.3, trend=0.04)),
        under_30=young,
        from_55=old,
        all_staff=all_staff,
        trained=trained,
        trained_for_standards=min(trained, draw.count("for_standards", all_staff, 0.72, strength=0.2, trend=0.16)),
    )
