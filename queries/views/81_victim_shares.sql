-- Shares of casualties by year, with what each measure counts and of whom it is a share.
-- Measures of the Cluster Munition Monitor and of the Landmine Monitor have different names:
-- the two series are never mixed. Shares of several years and shares of other things stay out.
CREATE VIEW victim_shares_printed AS
WITH measures(measure, weapon, who, of_whom, known) AS (
    VALUES
        ('civilian share of casualties', 'cluster_munition', 'civilian', 'casualties', NULL),
        ('child share of casualties', 'cluster_munition', 'child', 'casualties', NULL),
        ('child share of remnant casualties', 'cluster_munition', 'child', 'remnants', NULL),
        ('child share of civilian casualties', 'cluster_munition', 'child', 'civilians', NULL),
        ('female share of casualties', 'cluster_munition', 'female', 'casualties', NULL),
        ('female share of civilian casualties', 'cluster_munition', 'female', 'civilians', NULL),
        ('male share of casualties', 'cluster_munition', 'male', 'casualties', NULL),
        ('male share of civilian casualties', 'cluster_munition', 'male', 'civilians', NULL),
        ('civilian_share', 'mine_erw', 'civilian', 'casualties', NULL),
        ('civilian_share_of_known_status', 'mine_erw', 'civilian', 'casualties', 'status'),
        ('child_share', 'mine_erw', 'child', 'casualties', NULL),
        ('child_share_of_known_age', 'mine_erw', 'child', 'casualties', 'age'),
        ('child_share_of_civilians', 'mine_erw', 'child', 'civilians', NULL),
        ('female_share_of_known_sex', 'mine_erw', 'female', 'casualties', 'sex'),
        ('male_share_of_known_sex', 'mine_erw', 'male', 'casualties', 'sex')
)
SELECT
    weapon,
    shares.iso3,
    CAST(shares.year AS BIGINT) AS year,
    who, of_whom,
    coalesce(
        known,
        -- the base as published says that only those with a recorded age, sex or status were counted
        CASE
            WHEN base LIKE '%age and sex recorded%' THEN 'age_sex'
            WHEN regexp_matches(base, 'age recorded|of known age') THEN 'age'
            WHEN regexp_matches(base, 'recorded sex|sex recorded') THEN 'sex'
            WHEN regexp_matches(base, 'status (recorded|known)') THEN 'status'
            WHEN base LIKE '%details known%' THEN 'details'
        END
    ) AS known,
    percent, base, shares.edition, shares.source_id, shares.grade, shares.note, editions.year AS edition_year
FROM casualty_shares AS shares
JOIN measures USING (measure)
JOIN editions ON editions.edition = shares.edition
WHERE regexp_full_match(shares.year, '\d{4}');
