-- rule: a share lies between 0 and 100
SELECT 'casualty_shares.csv', _line, 'percent', percent, 'a share lies between 0 and 100'
FROM casualty_shares WHERE percent NOT BETWEEN 0 AND 100
UNION ALL
SELECT 'new_victims.csv', _line, 'value', value, 'a share lies between 0 and 100'
FROM new_victims
WHERE value LIKE '%\%' ESCAPE '\'
  AND TRY_CAST(regexp_extract(value, '(-?[0-9]+(\.[0-9]+)?) ?%', 1) AS DOUBLE) NOT BETWEEN 0 AND 100;
