"""Cohorts move up; a merged school's pupils go on in its heir."""

from apps.desk.demo import catalog, pupils

SEED = 7
BY_CODE = {school.code: school for school in catalog.SCHOOLS}


def test_a_cohort_is_the_same_a_year_later_in_the_next_grade() -> None:
    school = BY_CODE["school-01"]
    first, second = (pupils.by_grade(school, year, SEED) for year in (0, 1))
    assert [second[grade + 1] for grade in range(1, 9)] == [first[grade] for grade in range(1, 9)]


def test_pupils_of_the_merged_school_go_on_in_its_heir() -> None:
    merged, heir = BY_CODE[catalog.MERGED], BY_CODE[catalog.MERGED_INTO]
    before_merged, before_heir = (pupils.by_grade(school, 1, SEED) for school in (merged, heir))
    after = pupils.by_grade(heir, 2, SEED)
    assert pupils.by_grade(merged, 2, SEED) == {}
    assert after[5] == before_merged[4] + before_heir[4]


def test_the_smallest_school_has_fewer_than_ten_in_every_grade() -> None:
    assert max(pupils.by_grade(BY_CODE["school-22"], 2, SEED).values()) < 10


def test_a_school_of_nine_grades_has_no_tenth() -> None:
    assert max(pupils.by_grade(BY_CODE["school-12"], 0, SEED)) == 9
