-- The States of the work plan's list by the indicators: one row a pair, with or without evidence.
-- Beside the finding that gives the cell stands the newest of the other kind (other_…).
-- Evidence is known to the year only: a year counts as within the last five while any
-- day of it may be, so that nothing is called old before that is certain.
CREATE VIEW obligation_pairs AS
SELECT
    lists.iso3,
    states.region,
    indicators.action,
    indicators.indicator,
    indicators.questions,
    coalesce(cells.shown_status, 'no_information') AS status,
    cells.as_of,
    CASE
        WHEN cells.iso3 IS NULL THEN NULL
        WHEN cells.as_of IS NULL THEN 'undated'
        WHEN cells.as_of >= year(data_as_of()) - 5 THEN 'recent'
        ELSE 'older'
    END AS age,
    cells.valid_to,
    cells.finding,
    cells.source_id,
    cells.locator,
    cells.grade,
    cells.note,
    cells.evidence_kind,
    cells.to_confirm,
    other.evidence_kind AS other_kind,
    other.shown_status AS other_status,
    other.as_of AS other_as_of,
    other.finding AS other_finding,
    other.source_id AS other_source_id
FROM obligation_lists AS lists
JOIN states USING (iso3)
CROSS JOIN indicators
LEFT JOIN obligation_cells AS cells
    ON cells.iso3 = lists.iso3 AND cells.indicator = indicators.indicator AND cells.rank = 1
LEFT JOIN obligation_cells AS other
    ON other.iso3 = cells.iso3 AND other.indicator = cells.indicator
   AND other.evidence_kind <> cells.evidence_kind AND other.kind_rank = 1
WHERE lists.list = 'work_plan_2024' AND lists.iso3 IS NOT NULL;

-- The pairs that a reader asked for: an action, a question, and States as “LAO,LBN” or all.
CREATE MACRO obligation_pairs_of(which_action, which_question, which_states) AS TABLE
SELECT *
FROM obligation_pairs
WHERE (which_action IS NULL OR action = CAST(which_action AS BIGINT))
  AND (which_question IS NULL OR list_contains(string_split(questions, ';'), which_question))
  AND (which_states = 'all' OR list_contains(string_split(which_states, ','), iso3));
