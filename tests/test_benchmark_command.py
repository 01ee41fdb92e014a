"""Benchmark and snapshots on the command line, for people and as JSON."""

from tests.test_commands import Run, read, run

__all__ = ["run"]


def test_a_benchmark_of_a_dimension_shows_its_capabilities(run: Run) -> None:
    """For people and as JSON, in any cut; a dimension that there is not is said with a way on."""
    run("demo")
    told = read(run("benchmark", "synthetic-01-es", "3", "--cut", "region", "--json"))
    assert [one["code"] for one in told["standings"]] == ["3", "3.1", "3.2", "3.3", "3.4", "3.5"]
    assert (told["dimension"], told["cut"], told["newest"]) == ("3", "region", None)
    said = run("benchmark", "synthetic-01-es", "3")
    assert "3.4 Digital security" in said
    assert "4.1" not in said
    assert "regions: UN M49" in run("benchmark", "synthetic-01-es", "--cut", "region")
    assert "income groups: World Bank, 2026" in run("benchmark", "synthetic-01-es", "--cut", "income")
    assert "such as 3" in run("benchmark", "synthetic-01-es", "9", fails=2)


def test_a_refused_cut_names_those_that_may_be_shown(run: Run) -> None:
    """What is said was worked out: asked for, it is shown."""
    run("demo")
    refused = read(run("benchmark", "synthetic-01-es", "--cut", "size", "--json"))
    assert refused["instead"] == ["all", "region", "income"]
    assert "/benchmark, /benchmark region, /benchmark income." in run("benchmark", "synthetic-01-es", "--cut", "size")
    for cut in refused["instead"]:
        assert not read(run("benchmark", "synthetic-01-es", "--cut", cut, "--json"))["suppressed"]


def test_a_snapshot_is_taken_once(run: Run) -> None:
    """It says how many cities are in it, and leaves one that is there as it is."""
    assert "nothing to take" in run("snapshot")
    run("city", "add", "Valencia", "--country", "ES", "--population", "800000")
    run("wave", "open", "valencia-es")
    assert "0 cities; taken now" in run("snapshot")
    assert "taken before" in run("snapshot")
    assert "in the benchmark, each" in run("demo")  # of an empty one nobody was told anything
    (found,) = read(run("snapshot", "--json"))
    assert (found["cities"], found["new"], found["form"]) == (40, False, "short")


def test_a_snapshot_of_another_day_is_refused_with_a_reason(run: Run) -> None:
    """Only the four fixed days, and none that is still to come."""
    assert "such as" not in run("snapshot", "--on", "2026-07-01")
    assert "1 January, 1 April" in run("snapshot", "--on", "2026-11-02", fails=2)
    assert "still to come" in run("snapshot", "--on", "2999-01-01", fails=2)
    assert "no date" in run("snapshot", "--on", "yesterday", fails=2)
