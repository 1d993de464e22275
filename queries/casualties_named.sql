-- question: Which States does an edition name for a year without a public number?
-- pages: none (only the command line)
-- column iso3: State or area
-- column year: Year
-- column cause: all, attack or remnant
-- column edition: Edition that names the State
-- column source_id: Source in which the name was read, of several the preferred one
-- column has_count: Whether a number of the Monitor for that State and year is known all the same
SELECT
    names.iso3, names.year, names.cause, names.edition,
    arg_min(names.source_id, row(names.grade, preference)) AS source_id,
    EXISTS (
        FROM casualty_shown AS shown
        WHERE shown.iso3 = names.iso3 AND shown.year = names.year
          AND shown.weapon = 'cluster_munition' AND shown.publisher_kind = 'monitor'
    ) AS has_count
FROM casualty_names AS names
JOIN preferred_sources USING (source_id)
GROUP BY names.iso3, names.year, names.cause, names.edition
ORDER BY names.iso3, names.year, names.cause;
