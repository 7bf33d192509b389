"""Audits and models of poverty reduction, as the door shows them."""

from typing import Literal

import polars as pl

from warehouse.door.opened import Opened

ModelTable = Literal["model", "model_site", "model_trend", "model_balance", "model_next"]
_MODEL_TABLES: dict[ModelTable, str] = {
    "model": "SELECT * FROM result__model ORDER BY model_id, part",
    "model_site": "SELECT * FROM result__model_site ORDER BY family_id, model_id, unit_code",
    "model_trend": 'SELECT * FROM result__model_trend ORDER BY model_id, "group", step',
    "model_balance": "SELECT * FROM result__model_balance ORDER BY model_id",
    "model_next": "SELECT * FROM result__model_next ORDER BY model_id, position",
}


class Models(Opened):
    """What audits found, which models work, and who passed on to whom."""

    def audits(self) -> pl.DataFrame:
        """Rows of ``result__audit``, newest year first; empty where the build is older than the table.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        self._refuse_visitor()
        return self._gained(
            "result__audit",
            "SELECT * FROM result__audit ORDER BY period DESC, agency_name, list_class, error",
        )

    def model_results(self, table: ModelTable) -> pl.DataFrame:
        """Rows of ``result__<table>``: the evaluation of models. Empty where the build is older.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        self._refuse_visitor()
        rows = self._gained(f"result__{table}", _MODEL_TABLES[table])
        return self._within_scope(rows) if "unit_code" in rows.columns else rows

    def model_turn_counts(self) -> pl.DataFrame:
        """Households of each turn: family_id, turn, household_count.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        self._refuse_visitor()
        return self._gained(
            "result__model_turn",
            """
            SELECT family_id, turn, count(*) AS household_count FROM result__model_turn
            GROUP BY family_id, turn ORDER BY family_id, turn
            """,
        )

    def model_turns(self, family_id: str) -> pl.DataFrame:
        """Who passed on to whom, by numbers inside the model, with the name of the commune.

        Raises:
            NotAllowed: a role other than analyst, officer (units in charge) and the command line.
        """
        self._only_with_rows()
        rows = self._gained(
            "result__model_turn",
            """
            SELECT r.*, u.name AS unit_name FROM result__model_turn r
            LEFT JOIN dim__unit u ON u.era = r.era AND u.code = r.unit_code AND u.level = 'commune'
            WHERE r.family_id = ?
            ORDER BY r.model_id, r.unit_code, r.participant_number
            """,
            (family_id,),
        )
        return self._within_scope(rows)
