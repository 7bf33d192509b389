"""Tables of units, their maps and the published figures."""

from warehouse.contract import DATE, DECIMAL, TEXT, Column, table

DIM__UNIT = table(
    "dim__unit",
    "one administrative unit in one era",
    era=Column(TEXT, "2020, 2024 or 2025"),
    code=Column(TEXT, "code of the statistics office; the key is (era, code)"),
    name=Column(TEXT, "full official name with its type"),
    type=Column(TEXT, "tỉnh, thành phố, huyện, xã, phường, thị trấn"),
    level=Column(TEXT, "province, district or commune"),
    area_type=Column(TEXT, "rural or urban; null above the commune"),
    parent_era=Column(TEXT, "era of the parent"),
    parent_code=Column(TEXT, "district, or the province where there is none"),
    valid_from=Column(DATE, "first day"),
    valid_to=Column(DATE, "last day; null = still in force"),
)

DIM__PLACEMENT = table(
    "dim__placement",
    "where figures of one commune appear on one map",
    from_era=Column(TEXT, "era of the commune"),
    from_code=Column(TEXT, "the commune"),
    level=Column(TEXT, "province, district (the ten of 2020) or commune"),
    to_era=Column(TEXT, "era of the map"),
    to_code=Column(TEXT, "unit on that map; 'not_attributable' where the commune straddles"),
)

DIM__TOUCH = table(
    "dim__touch",
    "one commune and one unit of some map that it shares ground with",
    from_era=Column(TEXT, "era of the commune"),
    from_code=Column(TEXT, "the commune"),
    level=Column(TEXT, "province, district (the ten of 2020) or commune"),
    to_era=Column(TEXT, "era of the map"),
    to_code=Column(TEXT, "unit on that map; several where the commune straddles"),
)

DIM__PUBLISHED = table(
    "dim__published",
    "one published figure with its source",
    series_id=Column(TEXT, "series"),
    series_vi=Column(TEXT, "its name in Vietnamese"),
    series_en=Column(TEXT, "its name in English"),
    geography=Column(TEXT, "nam_dinh, nation, red_river_delta, ninh_binh_new"),
    measure=Column(TEXT, "measure the figure is comparable with, or its own name"),
    period=Column(TEXT, "year"),
    standard_id=Column(TEXT, "standard, null for surveys"),
    value=Column(DECIMAL, "the figure"),
    unit=Column(TEXT, "household or pct"),
    status=Column(TEXT, "status of the figure"),
    mark=Column(TEXT, "verified, recalled, derived or gap"),
    derived_note=Column(TEXT, "how it was derived"),
    source=Column(TEXT, "source"),
    conflict_note=Column(TEXT, "what contradicts it"),
)
