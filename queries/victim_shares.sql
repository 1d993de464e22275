-- question: Which share of the casualties were civilians, children, women and girls, and of what is it a share?
-- pages: new-use, new-victims, search
-- param weapon text = cluster_munition in cluster_munition|mine_erw: Series; the measures of the two are kept apart
-- param iso3 casualty_shares.iso3 = WLD: World, State or area
-- column iso3: World, State or area
-- column year: Year; shares of several years are left out
-- column who: civilian, child, female or male
-- column of_whom: casualties, remnants or civilians: whose share it is
-- column known: Whether the base is only those whose age, sex or status was recorded: age, sex, age_sex, status, details, or empty where the text does not say
-- column percent: Percentage as published
-- column base: Base as worded by the source; empty where not stated
-- column base_differs: Whether sources print the same percentage of the same edition with another base
-- column edition: Edition that prints the value
-- column source_id: Source in which it was read
-- column note: Remark on the row
-- column other_values: What other editions or sources print for the same share
WITH printed AS (FROM victim_shares_printed JOIN preferred_sources USING (source_id) WHERE iso3 = $iso3 AND weapon = $weapon),
weighed AS (
    SELECT
        printed.*,
        EXISTS (
            FROM printed AS other
            WHERE (other.year, other.edition, other.who, other.percent) = (printed.year, printed.edition, printed.who, printed.percent)
              AND other.of_whom <> printed.of_whom
        ) AS base_differs
    FROM printed
),
ranked AS (
    SELECT
        *,
        -- the rule of every figure; within one edition and grade a base that nobody contradicts, then one that is spelled out
        row_number() OVER (
            PARTITION BY iso3, year, who, of_whom
            ORDER BY edition_year DESC, grade, base_differs, known IS NULL, base IS NULL, length(base), preference
        ) AS rank
    FROM weighed
)
SELECT
    shown.iso3, shown.year, shown.who, shown.of_whom, shown.known, shown.percent, shown.base, shown.base_differs,
    shown.edition, shown.source_id, shown.note,
    (
        SELECT string_agg(DISTINCT concat(printf('%g', other.percent), '% (', other.edition, '; ', other.source_id, ')'), ' | ')
        FROM ranked AS other
        WHERE (other.iso3, other.year, other.who, other.of_whom) = (shown.iso3, shown.year, shown.who, shown.of_whom)
          AND other.percent <> shown.percent
    ) AS other_values
FROM ranked AS shown
WHERE rank = 1
ORDER BY shown.who, shown.of_whom, shown.year, shown.known;
