-- The value shown for each cell, and what other editions or sources print for it.
CREATE VIEW casualty_shown AS
WITH shown AS (SELECT * FROM casualty_cells WHERE rank = 1),
others AS (
    SELECT
        shown.iso3, shown.year, shown.weapon, shown.cause, shown.publisher_kind,
        string_agg(
            concat(
                CASE cells.count_type WHEN 'minimum' THEN '≥ ' WHEN 'estimate' THEN '~ ' ELSE '' END,
                cells.count, ' (', cells.edition, '; ', cells.source_id, ')'
            ),
            ' | ' ORDER BY cells.rank
        ) AS other_values
    FROM shown
    JOIN casualty_cells AS cells USING (iso3, year, weapon, cause, publisher_kind)
    WHERE cells.rank > 1
      AND (cells.count <> shown.count OR cells.count_type <> shown.count_type)
    GROUP BY ALL
)
SELECT shown.* EXCLUDE (rank, source_ids), shown.source_ids, others.other_values
FROM shown
LEFT JOIN others USING (iso3, year, weapon, cause, publisher_kind);
