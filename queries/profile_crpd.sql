-- question: What was found on the reports of a State under the Convention on the Rights of Persons with Disabilities?
-- pages: states
-- param iso3 states.iso3 = LAO: State
-- column iso3: State
-- column standing: Standing under the CRPD on the data's as-of date
-- column since: Date of the act that gives the standing, as known
-- column standing_source_id: Source of that act
-- column due: Date on which the initial report was or is due, as known
-- column due_basis: printed in the report, or computed from Article 35
-- column due_when: coming (not due yet), past, or impossible (before the State joined: no deadline)
-- column submitted: Date of submission found
-- column observations: Date of the newest concluding observations found
-- column source_id: Source; empty where nothing was found
-- column locator: Place in the source
-- column grade: primary or secondary
SELECT
    standing.iso3,
    standing.status AS standing,
    standing.since,
    standing.source_id AS standing_source_id,
    reports.initial_report_due AS due,
    reports.initial_report_due_basis AS due_basis,
    CASE
        WHEN last_day_of(reports.initial_report_due) < first_day_of(standing.since) THEN 'impossible'
        WHEN first_day_of(reports.initial_report_due) > data_as_of() THEN 'coming'
        WHEN reports.initial_report_due IS NOT NULL THEN 'past'
    END AS due_when,
    reports.initial_report_submitted AS submitted,
    reports.last_concluding_observations AS observations,
    reports.source_id,
    reports.locator,
    reports.grade
FROM standing_on(treaties_as_of()) AS standing
LEFT JOIN crpd_reports AS reports ON reports.iso3 = standing.iso3
WHERE standing.instrument = 'CRPD' AND standing.iso3 = $iso3;
