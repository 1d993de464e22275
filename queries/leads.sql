-- question: Which leads await verification (in words, never as figures)?
-- pages: freshness
-- column topic: Topic
-- column lead: The lead
-- column why_not_shown: Why it is not shown as a figure
SELECT topic, lead, why_not_shown
FROM to_verify
ORDER BY topic;
