-- question: Which States does an edition name for a year without a public number?
-- pages: none (only the command line)
-- column iso3: State or area
-- column year: Year
-- column cause: all, attack or remnant
-- column edition: Edition that names the State
-- column source_id: Source in which the name was read
-- column has_count: Whether a number of the Monitor for that State and year is known all the same
SELECT
    names.iso3, names.year, names.cause, names.edition,
    min(names.source_id) AS source_id,
    EXISTS (
        FROM casualty_shown AS shown
        WHERE shown.iso3 = names.iso3 AND shown.year = names.year
          AND shown.weapon = 'cluster_munition' AND shown.publisher_kind = 'monitor'
    ) AS has_count
FROM casualty_names AS names
GROUP BY ALL
ORDER BY names.iso3, names.year, names.cause;
