"""A partner's profile by its name -> the keys of `[feeds.NAME]` that it sets, from `partners.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def with_profile(table: Mapping[str, object]) -> dict[str, object]:
    """The table as it is written, upon the defaults of the profile it names; an unknown one has none."""
    return {**_profiles().get(str(table.get("profile")), {}), **table}


@cache
def _profiles() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads(files(__package__).joinpath("partners.toml").read_text("utf-8"))
