-- question: Who takes part in the dialogue, and who holds each role today?
-- pages: resources
-- column id: Code
-- column role_group: coordinators, convention, states, counterparts, un, organizations (international, outside the UN), civil_society, donors or other
-- column name: Person, body or group
-- column role: Role in the work plan
-- column today: recorded, or not_recorded where nobody has recorded who holds the role
-- column who_today: What was found
-- column source_id: Source
-- column locator: Place in the source
-- column grade: primary or secondary
-- column note: Remark
WITH grouped AS (
    SELECT
        *,
        CASE
            WHEN id IN ('PAN', 'COCO2') THEN 'coordinators'
            WHEN id IN ('CC', 'ISU', 'PRES13', 'PRES3RC', 'GENDER', 'ICA') THEN 'convention'
            WHEN id IN ('SP12') THEN 'states'
            WHEN id IN ('APMBC_PRES', 'APMBC_SE', 'APMBC_VA', 'PV_VA', 'CRPDC') THEN 'counterparts'
            WHEN id IN ('OHCHR', 'UNDP', 'UNICEF', 'UNMAS', 'UNRCO', 'WHO') THEN 'un'
            WHEN id IN ('GICHD', 'ICRC') THEN 'organizations'
            WHEN id IN ('CMC', 'HI', 'OPS', 'SURV') THEN 'civil_society'
            WHEN id IN ('DONORS') THEN 'donors'
            ELSE 'other'
        END AS role_group
    FROM stakeholders
)
SELECT
    id, role_group, name, role_in_seed AS role,
    -- being named in the work plan of 2024 does not say who holds the role today
    CASE
        WHEN who_today IS NULL OR who_today ILIKE 'not recorded%' OR who_today ILIKE 'named%in the work plan%'
            THEN 'not_recorded'
        ELSE 'recorded'
    END AS today,
    who_today, source_id, locator, grade, note
FROM grouped
ORDER BY
    list_position(
        ['coordinators', 'convention', 'states', 'counterparts', 'un', 'organizations', 'civil_society', 'donors', 'other'],
        role_group
    ),
    name;
