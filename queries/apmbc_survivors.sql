-- question: Which States does the evidence name as responsible for significant numbers of mine survivors under the APMBC, and which have obligations under CCM Article 5?
-- pages: comparisons
-- param as_of date = depositary: Day for which the standing is given
-- column iso3: State
-- column part: both, article_5 (no evidence found under the APMBC) or apmbc (not on the work plan's list)
-- column ccm: Standing under the Convention on Cluster Munitions
-- column apmbc: Standing under the Anti-Personnel Mine Ban Convention
-- column evidence: Rows of evidence found; the lists name speakers only, so none is not “no responsibility”
-- column newest: Date of the newest evidence as known
-- column basis: How that newest source words it
-- column edition: Its edition or meeting
-- column source_id: The newest source
-- column grade: primary or secondary
WITH newest AS (
    SELECT *, count(*) OVER (PARTITION BY iso3) AS evidence
    FROM apmbc_survivor_states
    QUALIFY row_number() OVER (
        PARTITION BY iso3 ORDER BY last_day_of(as_of) DESC, length(as_of) DESC, grade, source_id
    ) = 1
),
twelve AS (SELECT iso3 FROM state_groups WHERE state_group = 'twelve'),
standings AS (
    SELECT
        iso3,
        max(status) FILTER (instrument = 'CCM') AS ccm,
        max(status) FILTER (instrument = 'APMBC') AS apmbc
    FROM standing_on($as_of)
    GROUP BY iso3
)
SELECT
    standings.iso3,
    CASE
        WHEN newest.iso3 IS NULL THEN 'article_5'
        WHEN twelve.iso3 IS NULL THEN 'apmbc'
        ELSE 'both'
    END AS part,
    standings.ccm,
    standings.apmbc,
    coalesce(newest.evidence, 0) AS evidence,
    newest.as_of AS newest,
    newest.basis,
    newest.edition,
    newest.source_id,
    newest.grade
FROM standings
LEFT JOIN twelve USING (iso3)
LEFT JOIN newest USING (iso3)
WHERE twelve.iso3 IS NOT NULL OR newest.iso3 IS NOT NULL
ORDER BY standings.iso3;
