-- question: Which States does any list name as having cluster munition victims, and how do the lists differ?
-- pages: overview, affected-states
-- column iso3: State
-- column mark: work_plan (on the newest list), other_list (on another list of States Parties), signatory_list (only on a list of signatories)
-- column lists: Codes of the lists that name the State, newest first, separated by spaces
-- column ccm_status: Standing under the Convention on Cluster Munitions on the data's as-of date
-- column note: Why the lists differ on this State
-- column source_id: Source of the newest list that names the State
-- column note_source_id: Source of the note
WITH lists AS (
    SELECT
        *,
        list_position(
            ['work_plan_2024', 'isu_after_2021', 'isu_2020_21', 'update_2013', 'monitor_2012', 'monitor_2012_signatories'],
            list
        ) AS age
    FROM obligation_lists
    WHERE iso3 IS NOT NULL
),
named AS (
    SELECT
        iso3,
        CASE
            WHEN bool_or(list = 'work_plan_2024') THEN 'work_plan'
            WHEN bool_or(list <> 'monitor_2012_signatories') THEN 'other_list'
            ELSE 'signatory_list'
        END AS mark,
        string_agg(list, ' ' ORDER BY age NULLS LAST, list) AS lists,
        arg_min(source_id, coalesce(age, 99)) AS source_id
    FROM lists
    GROUP BY iso3
)
SELECT
    named.iso3, named.mark, named.lists, standing.status AS ccm_status,
    notes.note, named.source_id, notes.source_id AS note_source_id
FROM named
LEFT JOIN obligation_list_notes AS notes USING (iso3)
LEFT JOIN standing_on(treaties_as_of()) AS standing
    ON standing.iso3 = named.iso3 AND standing.instrument = 'CCM'
ORDER BY named.iso3;
