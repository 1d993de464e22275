-- rule: a newer edition follows something in use, and somebody has seen it or heard of it
SELECT 'newer_editions.csv', _line, 'series', NULL,
    'name what it follows: a series or a document in use, not both and not neither'
FROM newer_editions
WHERE (series IS NULL) = (source_in_use IS NULL)
UNION ALL
SELECT 'newer_editions.csv', _line, 'source_id', NULL, 'a document with its grade, or for status “said” a lead, must tell of it'
FROM newer_editions
WHERE CASE status WHEN 'said' THEN lead IS NULL ELSE source_id IS NULL OR grade IS NULL END;
