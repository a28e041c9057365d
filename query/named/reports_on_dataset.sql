-- Which papers report results on a dataset, and what. Parameter: dataset (its usual name).
SELECT m.metric, m.value_min, m.value_max, m.comparator, m.unit, m.kind, m.text, p.title
FROM metrics AS m
JOIN papers AS p USING (paper_id)
WHERE lower(m.dataset) = lower(coalesce($dataset, 'ImageNet'))
ORDER BY m.metric NULLS LAST, m.kind, m.value_max DESC, p.title
